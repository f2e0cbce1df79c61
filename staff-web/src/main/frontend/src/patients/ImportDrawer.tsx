import { Button, CloseButton, Drawer, FileButton, Stack } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { spoken } from './words';
import classes from './ImportDrawer.module.css';

type Report = components['schemas']['ImportReport'];

/** What the intake service takes; larger files are refused there too. */
const MOST_BYTES = 5 * 1024 * 1024;

type Form = 'csv' | 'fhir';

interface Chosen {
  name: string;
  form: Form;
  text: string;
}

/** Referrals from a file. Bad rows stop no good one, and the same file can be sent again. */
export default function ImportDrawer({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [unfit, setUnfit] = useState<string>();
  const [over, setOver] = useState(false);
  const [report, setReport] = useState<{ of: Chosen; what: Report }>();

  const send = useCommand(
    ({ form, text }: Chosen) =>
      body(
        intake.POST('/api/referrals/import', {
          body: text,
          bodySerializer: (raw: unknown) => raw as string,
          headers: { 'Content-Type': form === 'csv' ? 'text/csv' : 'application/fhir+json' },
        }),
      ),
    { refresh: [['patients'], ['journeys']], onDone: (what, of) => setReport({ of, what }) },
  );

  const take = async (file: File | null) => {
    if (!file) return;
    setReport(undefined);
    send.forget();
    const form: Form | undefined = /\.csv$/i.test(file.name) || file.type === 'text/csv' ? 'csv' : /\.json$/i.test(file.name) || file.type.includes('json') ? 'fhir' : undefined;
    if (!form) return setUnfit(`${file.name} is neither a CSV file (.csv) nor a FHIR bundle (.json).`);
    if (file.size > MOST_BYTES) return setUnfit(`${file.name} is larger than 5 MB. Divide it; rows that are already there do no harm.`);
    setUnfit(undefined);
    setChosen({ name: file.name, form, text: await file.text() });
  };

  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title="Import referrals" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <div
          className={classes.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer.files[0] ?? null);
          }}
        >
          <IconUpload size={26} stroke={1.6} aria-hidden />
          <FileButton onChange={(file) => void take(file)} accept=".csv,.json,text/csv,application/json,application/fhir+json" inputProps={{ 'aria-label': 'File with referrals' }}>
            {(props) => (
              <Button {...props} variant="default">
                Choose a file
              </Button>
            )}
          </FileButton>
          <p>or drop it here: a CSV file with one referral a row, or a FHIR bundle of Patient, Condition and Coverage</p>
        </div>
        {unfit ? (
          <Banner tone="danger" title="This file can’t be imported">
            {unfit}
          </Banner>
        ) : null}
        {chosen ? (
          <div className={classes.file}>
            <IconFile size={18} aria-hidden />
            <span>
              {chosen.name}, {chosen.form === 'csv' ? 'CSV' : 'FHIR bundle'}
            </span>
            <CloseButton aria-label="Take the file away" onClick={() => setChosen(undefined)} />
          </div>
        ) : null}
        <ProblemNotice problem={send.problem} onRetry={chosen ? () => send.run(chosen) : undefined} />
        {chosen && report?.of !== chosen ? (
          <Button onClick={() => send.run(chosen)} loading={send.busy}>
            Import referrals
          </Button>
        ) : null}
        {report ? <Outcome report={report.what} form={report.of.form} /> : null}
      </Stack>
    </Drawer>
  );
}

function Outcome({ report, form }: { report: Report; form: Form }) {
  const place = form === 'csv' ? 'Line' : 'Entry';
  return (
    <section aria-label="What the import did">
      <Stack gap="md">
        <div role="status">
          <dl className={classes.counts}>
          <div data-tone="done">
            <dt>Loaded</dt>
            <dd>{report.loaded}</dd>
          </div>
          <div data-tone="info">
            <dt>Already there</dt>
            <dd>{report.alreadyThere}</dd>
          </div>
          <div data-tone={report.rejected.length > 0 ? 'danger' : 'waiting'}>
            <dt>Not accepted</dt>
            <dd>{report.rejected.length}</dd>
          </div>
          </dl>
        </div>
        {report.rejected.length > 0 ? (
          <>
            <table className={classes.table}>
              <caption style={{ textAlign: 'start', fontWeight: 650, paddingBottom: 4 }}>Not accepted</caption>
              <thead>
                <tr>
                  <th scope="col">{place}</th>
                  <th scope="col">Field</th>
                  <th scope="col">What is wrong</th>
                </tr>
              </thead>
              <tbody>
                {report.rejected.flatMap(({ line, errors }) =>
                  errors.map((error, i) => (
                    <tr key={`${line} ${i}`}>
                      <td>{line}</td>
                      <td>
                        <code>{error.field || 'whole row'}</code>
                      </td>
                      <td>
                        {error.message}
                        <small>Rule: {spoken(error.rule).toLowerCase()}</small>
                      </td>
                    </tr>
                  )),
                )}
              </tbody>
            </table>
            <p style={{ margin: 0, fontSize: '0.875rem' }}>Correct these in the file and import it again: what is already there stays as it is.</p>
          </>
        ) : (
          <Banner tone="done" title="Every referral of the file is in the clinic now" />
        )}
      </Stack>
    </section>
  );
}
