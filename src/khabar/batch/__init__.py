"""The same stages over archives of any number: in processes of one machine or on a Ray cluster."""
