from balai.exports.actions.asking import ask_export
from balai.exports.actions.deciding import approve_export, refuse_export
from balai.exports.actions.ending import end_export, stop_export
from balai.exports.actions.fetching import fetch_export, tell_password
from balai.exports.actions.tracing import trace_export
from balai.exports.actions.writing import write_export

__all__ = [
    "approve_export",
    "ask_export",
    "end_export",
    "fetch_export",
    "refuse_export",
    "stop_export",
    "tell_password",
    "trace_export",
    "write_export",
]
