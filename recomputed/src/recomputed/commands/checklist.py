"""`checklist`: the sixteen points of the Data and Code Availability Standard, and how each is met."""

from recomputed.faults import CheckFailed


def checklist() -> None:
    """Print the points of the Data and Code Availability Standard with how each is met."""
    from recomputed.deposit.checklist import report

    failures = []
    print("Data and Code Availability Standard 1.0. No badge is claimed.")
    print("checked: a machine can tell; answered: the answer is given, and a person must judge it.")
    for point, faults in report():
        state = "FAILED" if faults else point.told_by
        print(f"{point.number:2}  {state:8}  {point.name}: {point.how}")
        failures += [f"{point.number} {point.name}: {fault}" for fault in faults]
    if failures:
        raise CheckFailed("\n".join(failures))
