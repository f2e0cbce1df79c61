import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLiveState } from '../live/live';
import { Empty } from '../parts/Loaded';
import { Page } from '../parts/Page';

const again = () => window.location.reload();

/**
 * What stands in a page's place when it broke. Mostly a part of it could not be fetched because the clinic was away, or was
 * updated since: it is loaded again as soon as the clinic is back, so that nobody sits before a page that only looks dead.
 */
export function PageError() {
  const { state } = useLiveState();
  const away = useRef(false);
  useEffect(() => {
    if (state === 'stale') away.current = true;
    else if (state === 'live' && away.current) again();
  }, [state]);
  return (
    <Page title="This page can’t be shown">
      <Empty title="A part of it is missing" action={<Button onClick={again}>Load it again</Button>}>
        It comes back by itself when the clinic does. Nothing that was said to be done is lost.
      </Empty>
    </Page>
  );
}
