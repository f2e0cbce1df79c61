import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { body, door } from '../api/clients';
import { useCommand } from '../api/command';
import { ProblemNotice } from '../parts/ProblemNotice';

/** The own password, against the present one. Afterwards everybody with this account signs in again. */
export default function OwnPassword({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [different, setDifferent] = useState(false);
  const change = useCommand((input: { current: string; password: string }) => body(door.PUT('/api/me/password', { body: input })), {
    onDone: () => void queries.invalidateQueries({ queryKey: ['me'] }),
  });
  const errors = change.problem?.byField() ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDifferent(password !== again);
    if (password === again) change.run({ current, password });
  };
  return (
    <Modal opened onClose={onClose} title="Change your password" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <ProblemNotice problem={change.problem} />
          <PasswordInput label="Present password" autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.currentTarget.value)} error={errors['current']} required withAsterisk={false} data-autofocus />
          <PasswordInput label="New password" description="At least 12 characters; a few words are easy to keep in mind" autoComplete="new-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={errors['password']} required withAsterisk={false} />
          <PasswordInput label="New password again" autoComplete="new-password" value={again} onChange={(e) => setAgain(e.currentTarget.value)} error={different ? 'This is not the same' : undefined} required withAsterisk={false} />
          <Text size="sm">You are then signed out everywhere and sign in with the new one.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.busy}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
