import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { body, ifMatch, scheduling } from '../api/clients';
import { useCommand } from '../api/command';
import { PROTOCOL } from '../api/generated/protocol';
import type { components } from '../api/generated/scheduling';
import { useHas, useMe } from '../api/me';
import { Panel } from '../parts/Page';
import { Badge, type Tone } from '../parts/Tone';
import { When } from '../parts/When';
import { useStaffName } from './dose';
import { Check, LongField } from './fields';
import classes from './forms.module.css';
import { afterDose, capital, isHere, ruleWords, type Session } from './model';
import { ActionBody } from './parts';

export type Override = components['schemas']['OverrideAnswer'];

const WORDS: Record<string, { word: string; tone: Tone }> = {
  asked: { word: 'Asked', tone: 'waiting' },
  approved: { word: 'Approved', tone: 'ready' },
  refused: { word: 'Refused', tone: 'hold' },
  expired: { word: 'Ended with the session', tone: 'done' },
};

/** What was asked of a prescriber in this session, and the way to ask. */
export function Overrides({ session }: { session: Session }) {
  const has = useHas();
  const clinical = has('nurse', 'prescriber');
  const [asking, setAsking] = useState(false);
  const { data } = useQuery({
    queryKey: ['overrides', 'session', session.id],
    queryFn: async () => (await body(scheduling.GET('/api/sessions/{id}/overrides', { params: { path: { id: session.id } } }))).items,
    enabled: clinical && session.state !== 'booked',
  });
  if (!clinical || session.state === 'booked') return null;
  const open = isHere(session);
  if (!open && !data?.length) return null;
  return (
    <Panel
      title="Overrides"
      aside={
        open && !asking ? (
          <Button size="compact-md" variant="default" onClick={() => setAsking(true)}>
            Ask for an override
          </Button>
        ) : null
      }
    >
      <div className={classes.form}>
        {asking ? <Ask session={session} onDone={() => setAsking(false)} /> : null}
        {data?.map((one) => <OverrideCard key={one.id} override={one} />)}
        {data?.length === 0 && !asking ? <p className={classes.small}>Nothing was asked in this session.</p> : null}
      </div>
    </Panel>
  );
}

function Ask({ session, onDone }: { session: Session; onDone: () => void }) {
  const [rules, setRules] = useState<string[]>(session.gate?.blockers ?? []);
  const [reason, setReason] = useState('');
  const act = useCommand(
    (input: { rules: string[]; reason: string }, key) => body(scheduling.POST('/api/sessions/{id}/overrides', { params: { path: { id: session.id }, header: { 'Idempotency-Key': key } }, body: input })),
    { refresh: [['overrides']], onDone },
  );
  const offered: readonly string[] = afterDose(session) || session.state === 'dosing' ? PROTOCOL.overrides.leaving : PROTOCOL.overrides.treating;
  const chosen = rules.filter((rule) => offered.includes(rule));
  return (
    <ActionBody send="Ask the prescriber" busy={act.busy} problem={act.problem} ready={chosen.length > 0 && !!reason.trim()} onSend={() => act.run({ rules: chosen, reason: reason.trim() })}>
      {offered.map((rule) => (
        <Check key={rule} label={capital(ruleWords(rule))} checked={rules.includes(rule)} onChange={(on) => setRules(on ? [...rules, rule] : rules.filter((r) => r !== rule))} />
      ))}
      <LongField label="Why" value={reason} onChange={setReason} error={act.problem?.byField()['reason']} note="The prescriber decides on their own device." />
      <Button variant="subtle" color="gray" onClick={onDone}>
        Don’t ask
      </Button>
    </ActionBody>
  );
}

/** One override; who may decide does it here. */
export function OverrideCard({ override }: { override: Override }) {
  const has = useHas();
  const me = useMe();
  const who = useStaffName();
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const header = { 'If-Match': ifMatch(override.version) };
  const path = { id: override.id };
  const refresh = { refresh: [['overrides'], ['session', override.sessionId]], conflict: [['overrides']] };
  const approve = useCommand((_: object) => body(scheduling.POST('/api/overrides/{id}/approval', { params: { path, header }, body: {} })), refresh);
  const refuse = useCommand((input: { reason: string }) => body(scheduling.POST('/api/overrides/{id}/refusal', { params: { path, header }, body: input })), refresh);
  const shown = WORDS[override.state] ?? { word: override.state, tone: 'waiting' as Tone };
  const mine = override.askedBy === me.username;
  return (
    <article className={classes.card} aria-label={`Override: ${override.rules.map(ruleWords).join(', ')}`}>
      <p>
        <Badge tone={shown.tone}>{shown.word}</Badge> <strong>{override.rules.map((rule) => capital(ruleWords(rule))).join(', ')}</strong>
      </p>
      <p>
        {override.reason} <small>{who(override.askedBy)}, </small>
        <When at={override.askedAt} show="time" />
      </p>
      {override.decidedBy && override.decidedAt ? (
        <p className={classes.small}>
          {who(override.decidedBy)}, <When at={override.decidedAt} show="time" />
          {override.decisionReason ? `: ${override.decisionReason}` : ''}
        </p>
      ) : null}
      {override.state === 'asked' && has('prescriber') ? (
        mine ? (
          <p className={classes.small}>You asked: another prescriber decides.</p>
        ) : refusing ? (
          <ActionBody send="Refuse" danger busy={refuse.busy} problem={refuse.problem} ready={!!reason.trim()} onSend={() => refuse.run({ reason: reason.trim() })}>
            <LongField label="Reason for refusing" value={reason} onChange={setReason} error={refuse.problem?.byField()['reason']} />
          </ActionBody>
        ) : (
          <ActionBody send="Approve" busy={approve.busy} problem={approve.problem} onSend={() => approve.run({})}>
            <Button variant="default" size="md" onClick={() => setRefusing(true)}>
              Refuse …
            </Button>
          </ActionBody>
        )
      ) : null}
    </article>
  );
}
