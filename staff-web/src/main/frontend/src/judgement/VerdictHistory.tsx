import { Button } from '@mantine/core';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Badge } from '../parts/Tone';
import { When } from '../parts/When';
import { OUTCOMES, ruleWord, spoken } from '../patients/words';
import { useVerdict, useVerdicts, type Verdict } from './queries';
import { becauseWord, className, conditionWord, resultWord, workupWord } from './words';
import { changesBetween } from './changes';
import columns from '../parts/Columns.module.css';
import classes from './Clearance.module.css';

/** Every verdict since the first, with what made it another one. */
export function VerdictHistory({ patientId }: { patientId: string }) {
  const query = useVerdicts(patientId);
  return (
    <Panel title="History of verdicts">
      <Loaded query={query}>
        {({ pages }) => {
          const items = pages.flatMap((p) => p.items);
          if (items.length === 0) return <p className={classes.meta}>None yet: the first comes with the screening.</p>;
          return (
            <>
              <ol className={classes.history}>
                {items.map((v, i) => (
                  <Line key={v.id} patientId={patientId} verdict={v} before={items[i + 1]} first={i === items.length - 1 && !query.hasNextPage} />
                ))}
              </ol>
              {query.hasNextPage ? (
                <Button variant="default" size="sm" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
                  Show older ones
                </Button>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Line({ patientId, verdict, before, first }: { patientId: string; verdict: Verdict; before: Verdict | undefined; first: boolean }) {
  const has = useHas();
  const [shown, setShown] = useState(false);
  const outcome = OUTCOMES[verdict.outcome];
  const changes = before ? changesBetween(before.findings, verdict.findings) : [];
  const replay = useCommand(
    (inUse: boolean) => body(intake.GET('/api/patients/{id}/verdicts/{verdictId}/replay', { params: { path: { id: patientId, verdictId: verdict.id }, query: inUse ? { inUse } : {} } })).then((answer) => (setReplayed({ ...answer, inUse }), answer)),
  );
  const [replayed, setReplayed] = useState<{ same: boolean; ruleSetVersion: string; findings: Verdict['findings']; inUse: boolean }>();
  return (
    <li>
      <div className={classes.findingHead}>
        <strong>{becauseWord(verdict.because)}</strong>
        <Badge tone={outcome?.tone ?? 'info'}>{verdict.outcome === 'cleared' ? 'No contraindication' : (outcome?.word ?? spoken(verdict.outcome))}</Badge>
      </div>
      <small>
        <When at={verdict.at} />, {verdict.by}; rules of {verdict.ruleSetVersion}, drug list {verdict.drugListVersion}
      </small>
      {first ? (
        <p>The first verdict.</p>
      ) : changes.length > 0 ? (
        <ul className={classes.changes}>
          {changes.map((c) => (
            <li key={`${c.rule} ${c.kind}`} data-kind={c.kind}>
              {c.kind === 'new' ? 'New: ' : c.kind === 'gone' ? 'Gone: ' : 'Changed: '}
              {ruleWord(c.rule)}
              {c.about.length > 0 ? ` (${c.about.join(', ')})` : ''}
            </li>
          ))}
        </ul>
      ) : before ? (
        <p>The findings stayed the same.</p>
      ) : null}
      <div className={classes.inline}>
        <Button size="compact-xs" variant="subtle" onClick={() => setShown(!shown)} aria-expanded={shown}>
          {shown ? 'Hide the facts' : 'Facts of that moment'}
        </Button>
        {has('nurse', 'prescriber', 'therapist') ? (
          <>
            <Button size="compact-xs" variant="subtle" loading={replay.busy} onClick={() => replay.run(false)}>
              Replay
            </Button>
            <Button size="compact-xs" variant="subtle" loading={replay.busy} onClick={() => replay.run(true)}>
              Under today’s rules
            </Button>
          </>
        ) : null}
      </div>
      {replayed ? (
        <p role="status">
          <Badge tone={replayed.same ? 'done' : 'hold'}>{replayed.same ? 'The same findings again' : 'Other findings'}</Badge> {replayed.inUse ? 'under the rules in use' : 'under the rules of that day'}, {replayed.ruleSetVersion}.
          {replayed.same
            ? ''
            : ` ${changesBetween(verdict.findings, replayed.findings)
                .map((c) => `${c.kind === 'new' ? 'New' : c.kind === 'gone' ? 'Gone' : 'Changed'}: ${ruleWord(c.rule)}`)
                .join('; ')}.`}
        </p>
      ) : null}
      <ProblemNotice problem={replay.problem} />
      {shown ? <Facts patientId={patientId} verdictId={verdict.id} /> : null}
    </li>
  );
}

function Facts({ patientId, verdictId }: { patientId: string; verdictId: string }) {
  const verdict = useVerdict(patientId, verdictId, true);
  return (
    <Loaded query={verdict}>
      {({ facts: f }) =>
        f ? (
          <dl className={`${columns.facts} ${classes.facts}`}>
            <dt>Age, sex</dt>
            <dd>
              {f.age}, {f.sex}
            </dd>
            <dt>Conditions</dt>
            <dd>{[...f.conditions.map(conditionWord), ...f.otherConditions].join(', ') || 'None'}</dd>
            <dt>Drugs</dt>
            <dd>{f.drugs.map((d) => `${d.given}${d.classes.length > 0 ? ` (${d.classes.map(className).join(', ')})` : d.known ? '' : ' (not on the list)'}`).join(', ') || 'None'}</dd>
            <dt>Allergies</dt>
            <dd>{f.allergies.join(', ') || 'None told'}</dd>
            <dt>Failed treatments</dt>
            <dd>{f.failedTreatments}</dd>
            <dt>At rest</dt>
            <dd>
              {f.systolic}/{f.diastolic} mmHg{f.heartRate ? `, pulse ${f.heartRate}` : ''}
              {f.spo2 ? `, SpO2 ${f.spo2} %` : ''}
            </dd>
            <dt>Suicide risk</dt>
            <dd>{spoken(f.suicideRisk)}</dd>
            <dt>Scores</dt>
            <dd>
              {Object.entries(f.scores)
                .map(([name, value]) => `${name.toUpperCase()} ${value}`)
                .join(', ') || 'None'}
            </dd>
            {Object.keys(f.results).length > 0 ? (
              <>
                <dt>Results</dt>
                <dd>
                  {Object.entries(f.results)
                    .map(([kind, result]) => `${workupWord(kind.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`))}: ${resultWord(result).toLowerCase()}`)
                    .join(', ')}
                </dd>
              </>
            ) : null}
          </dl>
        ) : null
      }
    </Loaded>
  );
}
