import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { ProblemNotice } from './ProblemNotice';
import classes from './Loaded.module.css';

/** True once something has been awaited for 200 ms: a quick answer shows no skeleton. */
function useSlow(waiting: boolean) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setSlow(false);
      return undefined;
    }
    const timer = setTimeout(() => setSlow(true), 200);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow;
}

/**
 * What a query brought; its skeleton, its problem or nothing. An older answer stays in sight when a newer can't be had, with the
 * problem above it.
 */
export function Loaded<T>({
  query,
  skeleton,
  children,
}: {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending' | 'refetch'>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const slow = useSlow(query.isPending);
  const problem = query.error instanceof Problem ? query.error : query.error ? Problem.unreachable() : undefined;
  const notice = problem ? <ProblemNotice problem={problem} onRetry={() => void query.refetch()} /> : null;
  if (query.data !== undefined) {
    return (
      <>
        {notice}
        {children(query.data)}
      </>
    );
  }
  if (notice) return notice;
  return <div aria-busy="true">{slow ? (skeleton ?? <Lines />) : null}</div>;
}

/** Lines of a list to come. */
export function Lines({ count = 5, height = 44 }: { count?: number; height?: number }) {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} height={height} radius="md" />
      ))}
    </Stack>
  );
}

/** What would be here, and how to get it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty} data-empty>
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}
