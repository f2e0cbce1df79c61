import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { ProblemNotice } from '../parts/ProblemNotice';
import type { Booster } from './boosters';

/** A prescriber says why none is given now. */
export function DeclineBooster({ booster, name }: { booster: Booster; name: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const decline = useCommand(
    (why: string) => body(scheduling.POST('/api/boosters/{id}/decline', { params: { path: { id: booster.id }, header: { 'If-Match': ifMatch(booster.version) } }, body: { reason: why } })),
    { refresh: [['boosters']], onDone: () => setOpen(false) },
  );
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} aria-label={`Decline the booster of ${name}`}>
        Decline
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={`No booster for ${name} now`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            decline.run(reason);
          }}
        >
          <Stack>
            <ProblemNotice problem={decline.problem} />
            <Textarea label="Why" description="It comes again only when a later score drifts" value={reason} onChange={(e) => setReason(e.currentTarget.value)} autosize minRows={2} maxLength={500} required withAsterisk={false} data-autofocus error={decline.problem?.byField()['reason']} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={decline.busy} disabled={reason.trim() === ''}>
                Decline the booster
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
