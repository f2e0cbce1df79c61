import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { body, notification } from '../api/clients';
import type { components } from '../api/generated/notification';
import { Problem } from '../api/problem';
import { Empty, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { table, usePages } from '../parts/Rows';
import { When } from '../parts/When';
import { Button } from '@mantine/core';
import classes from './Admin.module.css';

type Mail = components['schemas']['Mail'];

/** Mail that the clinic keeps inside, because it is a demo or has no mail server. */
export function MailInbox() {
  const [to, setTo] = useState('');
  const [asked] = useDebouncedValue(to.trim(), 250);
  const [read, setRead] = useState<Mail>();
  const query = usePages<Mail>(['inbox', asked], (cursor) => body(notification.GET('/api/inbox', { params: { query: { to: asked || undefined, cursor, limit: 50 } } })));
  if (query.error instanceof Problem && query.error.status === 404) {
    return <Empty title="Mail goes out">This clinic sends its mail by a mail server, so there is no inbox here. What was sent to whom is under Messages.</Empty>;
  }
  return (
    <div className={classes.mail}>
      <Panel flush title="Mail" aside={<TextInput size="xs" aria-label="Addressee" placeholder="Addressee" leftSection={<IconSearch size={14} />} value={to} onChange={(e) => setTo(e.currentTarget.value)} data-page-search />}>
        <Loaded query={query}>
          {({ pages }) => {
            const mails = pages.flatMap((page) => page.items);
            if (mails.length === 0) return <Empty title={asked ? 'No mail to this address' : 'No mail yet'}>The clinic’s mail stays inside and arrives here: confirmations, reminders, statements.</Empty>;
            return (
              <div className={classes.letters}>
                {mails.map((mail) => (
                  <button key={mail.id} type="button" className={classes.letter} aria-pressed={read?.id === mail.id} onClick={() => setRead(mail)}>
                    <strong>{mail.subject}</strong>
                    <span>
                      {mail.to} · <When at={mail.receivedAt} />
                    </span>
                  </button>
                ))}
                {query.hasNextPage ? (
                  <div className={table['more']}>
                    <Button variant="default" size="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                      Show more
                    </Button>
                  </div>
                ) : null}
              </div>
            );
          }}
        </Loaded>
      </Panel>
      {read ? (
        <Panel title={read.subject}>
          <dl className={classes.facts}>
            <dt>To</dt>
            <dd>{read.to}</dd>
            <dt>Arrived</dt>
            <dd>
              <When at={read.receivedAt} />
            </dd>
          </dl>
          <pre className={classes.body}>{read.body}</pre>
        </Panel>
      ) : (
        <Empty title="Choose a mail to read it" />
      )}
    </div>
  );
}
