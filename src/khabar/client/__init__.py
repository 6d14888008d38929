"""Asks a khabar server: the same types as asking a library on this machine."""

from khabar.client.client import Client
from khabar.client.problems import Problem
from khabar.client.sending import Report

__all__ = ["Client", "Problem", "Report"]
