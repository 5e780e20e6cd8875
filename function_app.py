"""Register every trigger of functions/ with the function app: no logic, no I/O at import."""

import azure.functions as func

from functions.declared import DECLARED
from functions.hosting import http_auth_level
from functions.lazy_import import register

app = func.FunctionApp(http_auth_level=http_auth_level())
for _function in DECLARED:
    register(_function, app)
