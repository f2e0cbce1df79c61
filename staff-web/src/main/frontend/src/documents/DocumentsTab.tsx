import { Button, FileButton, Modal, NativeSelect, Progress, TextInput } from '@mantine/core';
import { IconDownload, IconFileText, IconPhoto, IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import { useHas } from '../api/me';
import { Problem } from '../api/problem';
import { Empty, Lines, Loaded } from '../parts/Loaded';
import { Panel } from '../parts/Page';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import { When } from '../parts/When';
import { usePatient } from '../patients/queries';
import { upload } from './upload';
import { ACCEPTED, type DocumentKind, KINDS, type PatientDocument, refusal, sizeWord, titleOf, typeWord, unfit } from './words';
import classes from './Documents.module.css';

/** A file on its way: chosen, being sent, or refused with the reason. */
interface Waiting {
  key: string;
  file: File;
  kind: DocumentKind | '';
  title: string;
  part?: number;
  refused?: string;
  problem?: Problem;
}

/** Papers about a patient: put in, listed, given back, taken out of sight with a reason. */
export default function DocumentsTab() {
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const has = useHas();
  const merged = usePatient(patientId).data?.value.status === 'merged';
  const may = has('front-desk', 'nurse', 'prescriber', 'therapist') && !merged;
  const [removing, setRemoving] = useState<PatientDocument>();
  const query = useQuery({
    queryKey: ['documents', patientId],
    queryFn: () => body(intake.GET('/api/patients/{id}/documents', { params: { path: { id: patientId } } })),
  });
  return (
    <div className={classes.layout}>
      {may ? <Uploads patientId={patientId} /> : null}
      <Loaded query={query} skeleton={<Lines count={4} height={56} />}>
        {(all) => {
          const present = all.filter((d) => !d.removal);
          const removed = all.filter((d) => d.removal);
          return (
            <Panel flush title="Documents">
              {present.length === 0 ? (
                <Empty title="No document yet">Referral letters, records from outside, lab results, pictures of insurance cards.</Empty>
              ) : (
                <ul className={classes.list}>
                  {present.map((document) => (
                    <One key={document.id} document={document} onRemove={may ? () => setRemoving(document) : undefined} />
                  ))}
                </ul>
              )}
              {removed.length > 0 ? (
                <details className={classes.removed}>
                  <summary>
                    {removed.length} removed
                  </summary>
                  <ul className={classes.list}>
                    {removed.map((document) => (
                      <One key={document.id} document={document} />
                    ))}
                  </ul>
                </details>
              ) : null}
            </Panel>
          );
        }}
      </Loaded>
      {removing ? <Removal patientId={patientId} document={removing} onClose={() => setRemoving(undefined)} /> : null}
    </div>
  );
}

function One({ document, onRemove }: { document: PatientDocument; onRemove?: (() => void) | undefined }) {
  const { removal } = document;
  const Icon = document.contentType.startsWith('image/') ? IconPhoto : IconFileText;
  return (
    <li className={classes.document} data-removed={removal ? true : undefined}>
      <Icon size={26} stroke={1.5} aria-hidden />
      <div className={classes.what}>
        <strong>{document.title}</strong>
        <small>
          {KINDS[document.kind]}, {typeWord(document.contentType)}, {sizeWord(document.size)}
        </small>
        <small>
          By {document.uploadedBy}, <When at={document.uploadedAt} />
        </small>
        {removal ? (
          <small>
            Removed by {removal.by}, <When at={removal.at} />: {removal.reason}
          </small>
        ) : null}
      </div>
      {removal ? null : (
        <div className={classes.actions}>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} />}
            renderRoot={(props) => <a href={`/api/patients/${document.patientId}/documents/${document.id}/content`} download {...props} />}
            aria-label={`Download ${document.title}`}
          >
            Download
          </Button>
          {onRemove ? (
            <Button variant="subtle" color="gray" size="sm" leftSection={<IconTrash size={16} />} onClick={onRemove} aria-label={`Remove ${document.title}`}>
              Remove
            </Button>
          ) : null}
        </div>
      )}
    </li>
  );
}

function Uploads({ patientId }: { patientId: string }) {
  const queries = useQueryClient();
  const [files, setFiles] = useState<Waiting[]>([]);
  const [over, setOver] = useState(false);
  const [tried, setTried] = useState(false);
  const [kept, setKept] = useState<string>();
  const underWay = useRef(new Map<string, AbortController>());
  const change = (key: string, to: Partial<Waiting>) => setFiles((all) => all.map((f) => (f.key === key ? { ...f, ...to } : f)));
  const drop = (key: string) => {
    underWay.current.get(key)?.abort();
    underWay.current.delete(key);
    setFiles((all) => all.filter((f) => f.key !== key));
  };
  const take = (chosen: File[]) => {
    setKept(undefined);
    setFiles((all) => [
      ...all,
      ...chosen.map((file): Waiting => {
        const refused = unfit(file);
        return { key: crypto.randomUUID(), file, kind: '', title: titleOf(file.name), ...(refused ? { refused } : {}) };
      }),
    ]);
  };

  const send = async ({ key, file, kind, title }: Waiting) => {
    if (!kind || !title.trim()) return;
    const abort = new AbortController();
    underWay.current.set(key, abort);
    change(key, { part: 0 });
    try {
      // the key of the row is the key of the attempt: sent twice, it is kept once
      const document = await upload(patientId, { file, kind, title: title.trim() }, key, (part) => change(key, { part }), abort.signal);
      drop(key);
      setKept(document.title);
      await queries.invalidateQueries({ queryKey: ['documents', patientId] });
    } catch (failure) {
      if (!(failure instanceof Problem)) return;
      setFiles((all) =>
        all.map((f) => {
          if (f.key !== key) return f;
          const { part: _, ...rest } = f;
          const refused = refusal(failure);
          return refused ? { ...rest, refused } : { ...rest, problem: failure };
        }),
      );
    }
  };
  const ready = files.filter((f) => !f.refused && f.part === undefined);
  const all = () => {
    setTried(true);
    for (const f of ready) void send(f);
  };

  return (
    <Panel title="Add documents">
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
          take([...event.dataTransfer.files]);
        }}
      >
        <IconUpload size={24} stroke={1.6} aria-hidden />
        <FileButton multiple onChange={take} accept={ACCEPTED} inputProps={{ 'aria-label': 'Files to add' }}>
          {(props) => (
            <Button {...props} variant="default">
              Choose files
            </Button>
          )}
        </FileButton>
        <p>or drop them here: PDF, PNG, JPEG, TIFF or HEIC, at most 20 MB each</p>
      </div>
      {kept ? (
        <div className={classes.note}>
          <Banner tone="done" title={`Kept: ${kept}`} />
        </div>
      ) : null}
      {files.length > 0 ? (
        <ul className={classes.waiting} aria-label="Files to add">
          {files.map((f) => (
            <li key={f.key}>
              {f.refused ? (
                <Banner
                  tone="danger"
                  title={`Not taken: ${f.file.name}`}
                  actions={
                    <Button size="xs" variant="default" onClick={() => drop(f.key)}>
                      Take away
                    </Button>
                  }
                >
                  {f.refused} Nothing was kept.
                </Banner>
              ) : (
                <div className={classes.file}>
                  <span className={classes.name}>
                    {f.file.name}
                    <small>{sizeWord(f.file.size)}</small>
                  </span>
                  <NativeSelect
                    label="Kind"
                    value={f.kind}
                    disabled={f.part !== undefined}
                    onChange={(e) => change(f.key, { kind: e.currentTarget.value as DocumentKind })}
                    error={tried && !f.kind ? 'Choose what it is' : undefined}
                  >
                    <option value="">Choose</option>
                    {(Object.keys(KINDS) as DocumentKind[]).map((code) => (
                      <option key={code} value={code}>
                        {KINDS[code]}
                      </option>
                    ))}
                  </NativeSelect>
                  <TextInput
                    label="Title"
                    maxLength={200}
                    autoComplete="off"
                    value={f.title}
                    disabled={f.part !== undefined}
                    onChange={(e) => change(f.key, { title: e.currentTarget.value })}
                    error={tried && !f.title.trim() ? 'Needed' : undefined}
                  />
                  <Button variant="subtle" color="gray" onClick={() => drop(f.key)}>
                    {f.part === undefined ? 'Take away' : 'Stop'}
                  </Button>
                  {f.part !== undefined ? (
                    <div className={classes.progress}>
                      <Progress.Root size="lg">
                        <Progress.Section value={f.part * 100} aria-label={`Sending ${f.file.name}`} />
                      </Progress.Root>
                      <small>{f.part < 1 ? `${Math.round(f.part * 100)} % sent` : 'Sent; the clinic checks it'}</small>
                    </div>
                  ) : null}
                  {f.problem ? (
                    <div className={classes.progress}>
                      <ProblemNotice problem={f.problem} onRetry={() => void send(f)} />
                    </div>
                  ) : null}
                </div>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {ready.length > 0 ? (
        <Button onClick={all} leftSection={<IconUpload size={16} />}>
          {ready.length === 1 ? 'Add the document' : `Add ${ready.length} documents`}
        </Button>
      ) : null}
    </Panel>
  );
}

function Removal({ patientId, document, onClose }: { patientId: string; document: PatientDocument; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const remove = useCommand(
    (request: { reason: string }) =>
      body(intake.POST('/api/patients/{id}/documents/{documentId}/removal', { params: { path: { id: patientId, documentId: document.id } }, body: request })),
    { refresh: [['documents', patientId]], onDone: onClose },
  );
  return (
    <Modal opened onClose={onClose} title={`Remove “${document.title}”`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        aria-label="Remove the document"
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) remove.run({ reason: reason.trim() });
        }}
      >
        <p>It goes out of sight and can’t be opened any more. The file is kept, with your name and your reason.</p>
        <TextInput label="Reason" placeholder="Belongs to another patient" maxLength={500} autoComplete="off" data-autofocus value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
        <ProblemNotice problem={remove.problem} />
        <Button type="submit" color="red" loading={remove.busy} disabled={!reason.trim()}>
          Remove the document
        </Button>
      </form>
    </Modal>
  );
}
