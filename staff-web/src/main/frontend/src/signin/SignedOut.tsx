import { Modal } from '@mantine/core';
import { SignInForm } from './SignInForm';

/** Over the page of somebody whose session ended: the page and all that was typed stay behind it. */
export default function SignedOut({ username, onSignedIn }: { username: string; onSignedIn: () => void }) {
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title="You were signed out" centered overlayProps={{ blur: 6 }}>
      <p style={{ marginTop: 0 }}>What you typed is kept. Sign in again to go on.</p>
      <SignInForm fixedUser={username} onSignedIn={onSignedIn} />
    </Modal>
  );
}
