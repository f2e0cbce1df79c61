import { Button } from '@mantine/core';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from './Loaded';
import classes from './Table.module.css';

interface ListPage<T> {
  items: T[];
  nextCursor?: string | null;
}

/** A list that a service gives in pages: `page(cursor)` asks for one. */
export function usePages<T>(queryKey: unknown[], page: (cursor: string | undefined) => Promise<ListPage<T>>, enabled = true) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled,
  });
}

/** A table that scrolls by itself where it is too wide, by the keyboard too. Its rows are the children. */
export function Table({ label, head, children }: {
  /** Names the table for screen readers. */
  label: string;
  head: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The rows of a paged list as a table, with "Show more" while there are more. */
export function Rows<T>({
  query,
  label,
  head,
  row,
  empty,
}: {
  query: ReturnType<typeof usePages<T>>;
  /** Names the table for screen readers. */
  label: string;
  head: ReactNode;
  row: (item: T) => ReactNode;
  empty: ReactNode;
}) {
  return (
    <Loaded<InfiniteData<ListPage<T>>> query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return empty;
        return (
          <>
            <Table label={label} head={head}>
              {items.map(row)}
            </Table>
            {query.hasNextPage ? (
              <div className={classes.more}>
                <Button variant="default" size="sm" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
                  Show more
                </Button>
              </div>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

export { classes as table };
