import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, door } from '../api/clients';
import { useCommand } from '../api/command';
import { ProblemNotice } from '../parts/ProblemNotice';

/** The own PIN, against the present password. */
export default function OwnPin({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [different, setDifferent] = useState(false);
  const change = useCommand((input: { password: string; pin: string }) => body(door.POST('/api/me/pin', { body: input })), {
    onDone: () => {
      void queries.invalidateQueries({ queryKey: ['me'] });
      onClose();
    },
  });
  const errors = change.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDifferent(pin !== again);
    if (pin === again) change.run({ password, pin });
  };
  const digits = (text: string) => text.replace(/\D/g, '').slice(0, 8);
  return (
    <Modal opened onClose={onClose} title="Your PIN for a locked screen" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">A session’s page locks itself when nobody touches it for 2 minutes. Your PIN opens it again; a new password ends the PIN.</Text>
          <ProblemNotice problem={change.problem} />
          <PasswordInput label="Present password" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={errors['password']} required withAsterisk={false} data-autofocus />
          <PasswordInput label="New PIN" description="4 to 8 digits, no row such as 1234" inputMode="numeric" autoComplete="off" value={pin} onChange={(e) => setPin(digits(e.currentTarget.value))} error={errors['pin']} required withAsterisk={false} />
          <PasswordInput label="New PIN again" inputMode="numeric" autoComplete="off" value={again} onChange={(e) => setAgain(digits(e.currentTarget.value))} error={different ? 'This is not the same' : undefined} required withAsterisk={false} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.busy} disabled={pin.length < 4}>
              Set PIN
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
