import { csrfToken } from '../api/clients';
import { Problem } from '../api/problem';
import type { DocumentKind, PatientDocument } from './words';

export interface Upload {
  file: File;
  kind: DocumentKind;
  title: string;
}

/** Sends one file and tells how far it is (0 to 1), which `fetch` can't. */
export function upload(patientId: string, { file, kind, title }: Upload, key: string, onProgress: (part: number) => void, signal: AbortSignal): Promise<PatientDocument> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/patients/${encodeURIComponent(patientId)}/documents`);
    request.setRequestHeader('X-XSRF-TOKEN', csrfToken());
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as PatientDocument);
      else void Problem.of(new Response(request.responseText, { status: request.status })).then(reject);
    };
    request.onerror = () => reject(Problem.unreachable());
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('kind', kind);
    form.append('title', title);
    form.append('file', file);
    request.send(form);
  });
}
