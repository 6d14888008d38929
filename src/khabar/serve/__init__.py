"""The library over HTTP, for programs and for the web app: nothing here decides anything about reports."""
