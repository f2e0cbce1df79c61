import { Menu } from '@mantine/core';
import { IconCalendarShare, IconKey, IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { csrfToken } from '../api/clients';
import { roleName, useHas, useMe } from '../api/me';

/** Who is signed in, and the way out. Opens where its button is. */
export default function AccountMenu({ onClose, onPassword, onCalendar }: { onClose: () => void; onPassword: () => void; onCalendar: () => void }) {
  const has = useHas();
  const me = useMe();
  const queries = useQueryClient();
  const signOut = async () => {
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
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
