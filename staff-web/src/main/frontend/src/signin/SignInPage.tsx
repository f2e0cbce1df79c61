import { useEffect } from 'react';
import { Logo } from '../parts/Logo';
import { SignInForm } from './SignInForm';
import classes from './SignInPage.module.css';

export default function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  useEffect(() => {
    document.title = 'Sign in · clinicops';
  }, []);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={40} />
        <h1>Sign in to clinicops</h1>
        <p>For the clinic’s staff. Every access to a patient’s record is written down.</p>
        <SignInForm onSignedIn={onSignedIn} />
      </div>
    </main>
  );
}
