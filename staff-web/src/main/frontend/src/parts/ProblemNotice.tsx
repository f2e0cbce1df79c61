import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Problem } from '../api/problem';
import { Banner, type Tone } from './Tone';
import { When } from './When';

function words(problem: Problem): { tone: Tone; title: string; kept: string } {
  if (problem.status === 0) {
    return { tone: 'hold', title: 'No answer from the clinic', kept: 'Whether it was done is not known. What you typed is kept; trying again does it at most once.' };
  }
  if (problem.rule === 'outcome-unknown' || problem.status === 504) {
    return { tone: 'hold', title: 'The answer did not come in time', kept: 'Whether it was done is not known. What is shown was fetched again; look before you try again.' };
  }
  switch (problem.rule === 'csrf' ? 401 : problem.status) {
    case 401:
      return { tone: 'hold', title: 'You were signed out', kept: 'Nothing was done. What you typed is kept: sign in and send it again.' };
    case 403:
      return { tone: 'danger', title: 'Your role may not do this', kept: 'Nothing was done.' };
    case 404:
      return { tone: 'danger', title: 'This is not there, or not for you', kept: 'Nothing was done.' };
    case 409:
      return { tone: 'hold', title: 'Not possible as things are now', kept: 'Nothing was done. What is shown was fetched again; what you typed is kept.' };
    case 412:
    case 428:
      return { tone: 'hold', title: 'Somebody else changed this meanwhile', kept: 'Nothing was done. What is shown is the new state; what you typed is kept.' };
    case 429:
      return { tone: 'hold', title: 'Too many requests at once', kept: 'Nothing was done. What you typed is kept.' };
    case 503:
    case 502:
      return { tone: 'hold', title: 'A part of the clinic’s system is not available', kept: 'What you typed is kept.' };
    default:
      return problem.status >= 500
        ? { tone: 'danger', title: 'The server made a mistake', kept: 'What you typed is kept.' }
        : { tone: 'danger', title: 'Not accepted', kept: 'Nothing was done. What you typed is kept.' };
  }
}

/** What happened, what was kept, what to do. */
export function ProblemNotice({ problem, onRetry }: { problem: Problem | undefined; onRetry?: () => void }) {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(problem?.retryAfter ?? 0);
    if (!problem?.retryAfter) return undefined;
    const timer = setInterval(() => setLeft((s) => Math.max(0, s - 1)), 1000);
    return () => clearInterval(timer);
  }, [problem]);
  if (!problem) return null;
  const { tone, title, kept } = words(problem);
  const details = problem.errors.filter((e) => e.message !== problem.message);
  return (
    <Banner
      tone={tone}
      title={title}
      actions={
        onRetry && problem.passing ? (
          <Button size="xs" variant="default" onClick={onRetry} disabled={left > 0}>
            {left > 0 ? `Try again in ${left} s` : 'Try again'}
          </Button>
        ) : null
      }
    >
      {problem.message && problem.message !== title && problem.rule !== 'csrf' ? <div>{sentence(problem.message)}</div> : null}
      {details.length > 0 ? (
        <ul style={{ margin: '4px 0', paddingInlineStart: 18 }}>
          {details.map((e) => (
            <li key={`${e.field} ${e.rule}`}>
              {e.field ? `${e.field}: ` : ''}
              {e.message}
            </li>
          ))}
        </ul>
      ) : null}
      {problem.changes.length > 0 ? (
        <ul style={{ margin: '4px 0', paddingInlineStart: 18 }}>
          {problem.changes.map((c) => (
            <li key={c.version}>
              {c.what} by {c.who}, <When at={c.at} />
            </li>
          ))}
        </ul>
      ) : null}
      <div>{kept}</div>
      {problem.incident ? <div>Incident {problem.incident}: tell it to support.</div> : null}
    </Banner>
  );
}

const sentence = (text: string) => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
