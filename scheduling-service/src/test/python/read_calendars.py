"""Reads what CalendarsOutTest wrote with parsers that know nothing of clinicops: icalendar (RFC 5545) and fhir.resources.

A folder without the expected files, a file that does not parse and a component with an error all end this with 1.
"""

import importlib
import json
import pathlib
import sys

import icalendar

CALENDARS = {
    "nurse.ics": "PUBLISH",
    "nurse-cancelled.ics": "PUBLISH",
    "invitation.ics": "REQUEST",
    "invitation-cancelled.ics": "CANCEL",
}
RESOURCES = {
    "appointment.json": "Appointment",
    "appointments.json": "Bundle",
    "appointments-next.json": "Bundle",
    "slots.json": "Bundle",
    "metadata.json": "CapabilityStatement",
    "not-found.json": "OperationOutcome",
    "refused.json": "OperationOutcome",
}


def read_calendar(path, method):
    calendar = icalendar.Calendar.from_ical(path.read_text(encoding="utf-8"))
    assert str(calendar["VERSION"]) == "2.0" and str(calendar["METHOD"]) == method, "version or method"
    events = calendar.walk("VEVENT")
    assert events, "no event"
    for component in calendar.walk():
        # icalendar keeps what it can't read as a list of errors, and raises nothing
        assert not component.errors, component.errors
    for event in events:
        assert event["UID"] and event["DTSTAMP"].dt, "uid or stamp"
        assert event["DTSTART"].dt.utcoffset().total_seconds() == 0, "not in UTC"
        assert event["DTSTART"].dt < event["DTEND"].dt, "ends before it starts"
        assert str(event["STATUS"]) in ("CONFIRMED", "CANCELLED"), "status"
        assert int(event["SEQUENCE"]) >= 0, "sequence"
    assert all(len(line.encode()) <= 75 for line in path.read_bytes().decode().split("\r\n")), "a line is not folded"
    return len(events)


def read_resource(path, kind):
    # R4B has the same Appointment, Slot and CapabilityStatement as R4
    model = getattr(importlib.import_module("fhir.resources.R4B." + kind.lower()), kind)
    resource = model.model_validate(json.loads(path.read_text(encoding="utf-8")))
    if kind != "Bundle":
        return 1
    assert resource.entry, "no entry"
    for entry in resource.entry:
        read = type(entry.resource).__name__
        assert read in ("Appointment", "Slot"), read
    return len(resource.entry)


def main(folder):
    failed = 0
    for files, read in ((CALENDARS, read_calendar), (RESOURCES, read_resource)):
        for name, kind in files.items():
            try:
                print(f"{name}: {kind}, {read(folder / name, kind)} read")
            except Exception as e:  # whatever it is, the file was not read
                failed += 1
                print(f"{name}: {type(e).__name__}: {e}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
