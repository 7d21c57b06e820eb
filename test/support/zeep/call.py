"""Calls a SOAP service by python3-zeep in strict mode: an independent reading of the WSDL and of every answer.

Usage: call.py WSDL, with a JSON list of {"operation": ..., "arguments": {...}} on stdin.
Prints a JSON list: {"result": ...} of each call, or {"fault": message} for a SOAP fault.
A text of the form YYYY-MM-DDTHH:mm:ss becomes a date-time.
"""
import datetime
import json
import re
import sys

import zeep
from zeep.helpers import serialize_object

DATE_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")


def prepare(value):
    if isinstance(value, dict):
        return {name: prepare(each) for name, each in value.items()}
    if isinstance(value, list):
        return [prepare(each) for each in value]
    if isinstance(value, str) and DATE_TIME.match(value):
        return datetime.datetime.fromisoformat(value)
    return value


def plain(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def main():
    client = zeep.Client(sys.argv[1], settings=zeep.Settings(strict=True))
    answers = []
    for call in json.load(sys.stdin):
        try:
            result = client.service[call["operation"]](**prepare(call["arguments"]))
            answers.append({"result": serialize_object(result, dict)})
        except zeep.exceptions.Fault as fault:
            answers.append({"fault": fault.message})
    json.dump(answers, sys.stdout, default=plain)


main()
