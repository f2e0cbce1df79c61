import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHas } from '../api/me';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { useAcknowledge, NextCall } from './AlertCard';
import { type Alert, REASONS, unresolvedQuery } from './alerts';

/** On every screen of a patient until the alert is resolved. */
export function SafetyFlag({ patientId }: { patientId: string }) {
  const has = useHas();
  const { data } = useQuery({ ...unresolvedQuery, enabled: has('front-desk', 'nurse', 'prescriber', 'therapist') });
  const own = data?.items.filter((alert) => alert.patientId === patientId) ?? [];
  const first = own.find((alert) => alert.state === 'raised') ?? own[0];
  return first ? <Flag alert={first} /> : null;
}

function Flag({ alert }: { alert: Alert }) {
  const has = useHas();
  const acknowledge = useAcknowledge(alert.id);
  const page = (
    <Button renderRoot={(props) => <Link {...props} to="/patients/$patientId/safety" params={{ patientId: alert.patientId }} />} size="sm" variant="default">
      Open safety
    </Button>
  );
  if (alert.state === 'acknowledged') {
    return (
      <Banner tone="hold" title="Safety review open" actions={page}>
        {REASONS[alert.reason]}, raised <When at={alert.raisedAt} />. {alert.acknowledgedBy} looks after it. Until it is resolved nothing is cleared, signed or planned, and nobody goes home without a safety plan. Crisis lines: {alert.crisisLines.join(', ')}.
      </Banner>
    );
  }
  return (
    <>
      <Banner
        tone="danger"
        title={`Safety alert: ${REASONS[alert.reason]}`}
        actions={
          has('nurse', 'prescriber', 'therapist') ? (
            <>
              <Button color="red.9" size="sm" loading={acknowledge.busy} onClick={() => acknowledge.run(undefined)}>
                Acknowledge: I take care of this patient
              </Button>
              {page}
            </>
          ) : null
        }
      >
        Raised <When at={alert.raisedAt} />. Don’t leave the patient alone. Crisis lines: {alert.crisisLines.join(', ')}.{has('nurse', 'prescriber', 'therapist') ? '' : ' A nurse, therapist or prescriber acknowledges it.'} <NextCall at={alert.nextEscalationAt ?? undefined} />
      </Banner>
      <ProblemNotice problem={acknowledge.problem} />
    </>
  );
}
