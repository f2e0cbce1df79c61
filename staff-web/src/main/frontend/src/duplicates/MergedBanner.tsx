import { Button, Modal, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { shortName } from '../parts/patients';
import { usePatient } from '../patients/queries';

/** On the page of a patient who was merged: who goes on in their place, and the way back. */
export function MergedBanner({ patientId, into }: { patientId: string; into: string }) {
  const has = useHas();
  const survivor = usePatient(into);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const undo = useCommand(
    (request: { duplicateId: string; reason: string }) =>
      body(intake.POST('/api/patients/{id}/unmerge', { params: { path: { id: into }, header: survivor.data?.etag ? { 'If-Match': survivor.data.etag } : {} }, body: request })),
    { refresh: [['patient', patientId], ['patient', into], ['patients'], ['worklist'], ['duplicates'], ['registration'], ['journeys']], onDone: () => setAsking(false) },
  );
  return (
    <>
      <Banner
        tone="info"
        title="Merged: this person goes on as another patient"
        actions={
          has('front-desk', 'nurse') ? (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              Undo the merge
            </Button>
          ) : null
        }
      >
        <Link to="/patients/$patientId/registration" params={{ patientId: into }}>
          Open {survivor.data ? shortName(survivor.data.value) : 'that patient'}
        </Link>
        . This entry is kept to be read; nothing can be done with it.
      </Banner>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Undo the merge" closeButtonProps={{ 'aria-label': 'Close' }}>
        <form
          aria-label="Undo the merge"
          style={{ display: 'grid', gap: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) undo.run({ duplicateId: patientId, reason: reason.trim() });
          }}
        >
          <p style={{ margin: 0 }}>Both stand as before. What the other one had taken over goes again, unless somebody filled it anew since.</p>
          <TextInput label="Why are they two people?" maxLength={500} autoComplete="off" data-autofocus value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
          <ProblemNotice problem={undo.problem} />
          <Button type="submit" loading={undo.busy} disabled={!reason.trim() || !survivor.data}>
            Undo the merge
          </Button>
        </form>
      </Modal>
    </>
  );
}
