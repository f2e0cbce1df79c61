import { Menu } from '@mantine/core';
import { IconCalendarShare, IconKey, IconLock, IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { csrfToken } from '../api/clients';
import { roleName, useHas, useMe } from '../api/me';
import { outbox } from '../session/offline/link';

/** Who is signed in, and the way out. Opens where its button is. */
export default function AccountMenu({ onClose, onPassword, onPin, onCalendar }: { onClose: () => void; onPassword: () => void; onPin: () => void; onCalendar: () => void }) {
  const has = useHas();
  const me = useMe();
  const queries = useQueryClient();
  const [kept, setKept] = useState(0);
  const signOut = async () => {
    // what is not on record yet goes first: it is sent under this name only
    await outbox.drain();
    const waiting = outbox.entries().filter((e) => e.user === me.username).length;
    setKept(waiting);
    if (waiting > 0) return;
    const answer = await fetch('/logout', { method: 'POST', headers: { 'X-XSRF-TOKEN': csrfToken(), Accept: 'application/json' } }).catch(() => undefined);
    // not signed out unless the server said so: the next person at this screen must not inherit the session
    if (!answer?.ok) return;
    queries.clear();
    window.location.assign('/');
  };
  return (
    <Menu defaultOpened onClose={onClose} position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <span />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.username}: {me.roles.map(roleName).join(', ')}
        </Menu.Label>
        {has('nurse', 'prescriber') ? (
          <Menu.Item leftSection={<IconCalendarShare size={16} />} onClick={onCalendar}>
            My calendar
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconKey size={16} />} onClick={onPassword}>
          Change password
        </Menu.Item>
        <Menu.Item leftSection={<IconLock size={16} />} onClick={onPin}>
          {me.pinSet ? 'Change PIN' : 'Set a PIN'}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} closeMenuOnClick={false} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
        {kept > 0 ? (
          <Menu.Label role="alert">
            Not signed out: {kept} {kept === 1 ? 'entry is' : 'entries are'} not on record yet. Stay signed in until they are sent, or look at what was not accepted.
          </Menu.Label>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
