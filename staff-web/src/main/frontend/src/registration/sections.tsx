import { Checkbox, MultiSelect, NativeSelect, NumberInput, Radio, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { intake, versioned, type Versioned } from '../api/clients';
import type { components } from '../api/generated/intake';
import { calendarDay } from '../parts/time';
import { CONDITIONS, languageWord, sexWord } from '../patients/words';
import type { Registration, SectionName } from './queries';
import { RowsEditor } from './RowsEditor';
import { holderWord, outcomeWord, pregnancyWord, rankWord, said, TONGUES, tongue, ZONES, zoneWord } from './words';
import classes from './Registration.module.css';

type Schemas = components['schemas'];
type Wrong = Record<string, string>;
export type Fact = readonly [name: string, text: string];

/**
 * One section of the registration: how it is shown, how it is typed and how it goes to the service. A draft is what stands in the
 * fields, text as typed; it is compared with what others saved meanwhile.
 */
export interface SectionKind<Draft> {
  name: SectionName;
  title: string;
  /** What belongs here, while nobody filled it. */
  asks: string;
  begin: (registration: Registration) => Draft;
  facts: (draft: Draft) => Fact[];
  /** What is needed and not there yet, by field. */
  lacks: (draft: Draft) => Wrong;
  fields: (props: { draft: Draft; set: (draft: Draft) => void; wrong: Wrong }) => ReactNode;
  put: (patientId: string, etag: string | undefined, draft: Draft) => Promise<Versioned<Registration>>;
}

const header = (etag: string | undefined) => (etag ? { 'If-Match': etag } : {});
const params = (id: string, etag: string | undefined) => ({ path: { id }, header: header(etag) });
const none = '—';

type Demographics = Schemas['DemographicsSection'];
interface DemographicsDraft {
  givenName: string;
  middleName: string;
  familyName: string;
  preferredName: string;
  birthDate: string;
  sex: Demographics['sex'];
  pronouns: string;
  languages: string[];
  interpreterNeeded: boolean;
}

export const demographics: SectionKind<DemographicsDraft> = {
  name: 'demographics',
  title: 'Person',
  asks: 'Name, birth date, sex, languages.',
  begin: ({ demographics: d }) => ({
    givenName: d.givenName,
    middleName: d.middleName ?? '',
    familyName: d.familyName,
    preferredName: d.preferredName ?? '',
    birthDate: d.birthDate,
    sex: d.sex,
    pronouns: d.pronouns ?? '',
    languages: d.languages,
    interpreterNeeded: d.interpreterNeeded,
  }),
  facts: (d) => [
    ['Name', [d.givenName, d.middleName, d.familyName].filter(Boolean).join(' ')],
    ['Called', d.preferredName || none],
    ['Born', d.birthDate ? calendarDay(d.birthDate) : none],
    ['Sex', sexWord(d.sex).replace(/^./, (c) => c.toUpperCase())],
    ['Pronouns', d.pronouns || none],
    ['Speaks', d.languages.map(tongue).join(', ') || none],
    ['Interpreter', d.interpreterNeeded ? 'Needed' : 'Not needed'],
  ],
  lacks: (d) => ({
    ...(d.givenName.trim() ? {} : { givenName: 'Needed' }),
    ...(d.familyName.trim() ? {} : { familyName: 'Needed' }),
    ...(d.birthDate ? {} : { birthDate: 'Needed' }),
  }),
  fields: ({ draft, set, wrong }) => (
    <>
      <div className={classes.grid}>
        <TextInput label="Given name" maxLength={100} autoComplete="off" value={draft.givenName} onChange={(e) => set({ ...draft, givenName: e.currentTarget.value })} error={wrong['givenName']} />
        <TextInput label="Middle name" maxLength={100} autoComplete="off" value={draft.middleName} onChange={(e) => set({ ...draft, middleName: e.currentTarget.value })} error={wrong['middleName']} />
        <TextInput label="Family name" maxLength={100} autoComplete="off" value={draft.familyName} onChange={(e) => set({ ...draft, familyName: e.currentTarget.value })} error={wrong['familyName']} />
        <TextInput label="Wants to be called" maxLength={100} autoComplete="off" value={draft.preferredName} onChange={(e) => set({ ...draft, preferredName: e.currentTarget.value })} error={wrong['preferredName']} />
        <TextInput label="Birth date" type="date" value={draft.birthDate} onChange={(e) => set({ ...draft, birthDate: e.currentTarget.value })} error={wrong['birthDate']} />
        <SexSelect value={draft.sex} onChange={(sex) => set({ ...draft, sex })} error={wrong['sex']} />
        <TextInput label="Pronouns" maxLength={50} autoComplete="off" value={draft.pronouns} onChange={(e) => set({ ...draft, pronouns: e.currentTarget.value })} error={wrong['pronouns']} />
        <MultiSelect
          label="Languages, best first"
          searchable
          data={[...new Set([...TONGUES, ...draft.languages])].map((tag) => ({ value: tag, label: tongue(tag) }))}
          value={draft.languages}
          onChange={(languages) => set({ ...draft, languages })}
          error={wrong['languages']}
          maxValues={10}
          hiddenInputProps={{ 'aria-hidden': true }}
        />
      </div>
      <Checkbox label="An interpreter is needed" checked={draft.interpreterNeeded} onChange={(e) => set({ ...draft, interpreterNeeded: e.currentTarget.checked })} />
    </>
  ),
  put: (id, etag, d) =>
    versioned(
      intake.PUT('/api/patients/{id}/registration/demographics', {
        params: params(id, etag),
        body: {
          givenName: d.givenName.trim(),
          middleName: said(d.middleName),
          familyName: d.familyName.trim(),
          preferredName: said(d.preferredName),
          birthDate: d.birthDate,
          sex: d.sex,
          pronouns: said(d.pronouns),
          languages: d.languages,
          interpreterNeeded: d.interpreterNeeded,
        },
      }),
    ),
};

export function SexSelect({ value, onChange, error }: { value: Demographics['sex']; onChange: (sex: Demographics['sex']) => void; error?: ReactNode }) {
  return (
    <NativeSelect label="Sex" value={value} onChange={(e) => onChange(e.currentTarget.value as Demographics['sex'])} error={error}>
      <option value="female">Female</option>
      <option value="male">Male</option>
      <option value="other">Other</option>
      <option value="unknown">Not known</option>
    </NativeSelect>
  );
}

type Contact = Schemas['ContactSection'];
interface ContactDraft {
  email: string;
  phone: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  zone: string;
  language: Contact['language'];
  emailAllowed: boolean;
  smsAllowed: boolean;
  voiceAllowed: boolean;
  mailAllowed: boolean;
}

const living = (d: ContactDraft) => [d.line1, d.line2, d.city, d.state, d.postalCode].some((part) => part.trim());

export const contact: SectionKind<ContactDraft> = {
  name: 'contact',
  title: 'How to reach them',
  asks: 'Phone, e-mail, address, and which ways the patient allows.',
  begin: ({ contact: c }) => ({
    email: c.email ?? '',
    phone: c.phone ?? '',
    line1: c.address?.line1 ?? '',
    line2: c.address?.line2 ?? '',
    city: c.address?.city ?? '',
    state: c.address?.state ?? '',
    postalCode: c.address?.postalCode ?? '',
    zone: c.zone,
    language: c.language,
    emailAllowed: c.emailAllowed,
    smsAllowed: c.smsAllowed,
    voiceAllowed: c.voiceAllowed,
    mailAllowed: c.mailAllowed,
  }),
  facts: (d) => [
    ['Phone', d.phone || none],
    ['E-mail', d.email || none],
    ['Address', living(d) ? [d.line1, d.line2, [d.city, [d.state, d.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')].filter(Boolean).join(', ') : none],
    ['Allows', [d.emailAllowed && 'e-mail', d.smsAllowed && 'SMS', d.voiceAllowed && 'calls', d.mailAllowed && 'letters'].filter(Boolean).join(', ') || 'no channel'],
    ['Language', languageWord(d.language)],
    ['Time zone', zoneWord(d.zone)],
  ],
  lacks: (d) => ({
    ...(d.emailAllowed && !d.email.trim() ? { email: 'E-mail is allowed, so an address is needed' } : {}),
    ...((d.smsAllowed || d.voiceAllowed) && !d.phone.trim() ? { phone: 'SMS or calls are allowed, so a number is needed' } : {}),
    ...(living(d) && !d.line1.trim() ? { 'address.line1': 'Needed' } : {}),
    ...(living(d) && !d.city.trim() ? { 'address.city': 'Needed' } : {}),
    ...(living(d) && !/^[A-Za-z]{2}$/.test(d.state.trim()) ? { 'address.state': 'Two letters' } : {}),
    ...(living(d) && !/^\d{5}(-\d{4})?$/.test(d.postalCode.trim()) ? { 'address.postalCode': 'Five digits, or nine with a dash' } : {}),
  }),
  fields: ({ draft, set, wrong }) => (
    <>
      <div className={classes.grid}>
        <TextInput label="Phone" type="tel" maxLength={40} autoComplete="off" value={draft.phone} onChange={(e) => set({ ...draft, phone: e.currentTarget.value })} error={wrong['phone']} />
        <TextInput label="E-mail" type="email" maxLength={254} autoComplete="off" value={draft.email} onChange={(e) => set({ ...draft, email: e.currentTarget.value })} error={wrong['email']} />
        <NativeSelect label="The clinic writes in" value={draft.language} onChange={(e) => set({ ...draft, language: e.currentTarget.value as Contact['language'] })}>
          <option value="en">English</option>
          <option value="es">Spanish</option>
        </NativeSelect>
        <ZoneSelect value={draft.zone} onChange={(zone) => set({ ...draft, zone })} error={wrong['zone']} />
      </div>
      <fieldset className={classes.group}>
        <legend>The patient allows</legend>
        <div className={classes.checks}>
          <Checkbox label="E-mail" checked={draft.emailAllowed} onChange={(e) => set({ ...draft, emailAllowed: e.currentTarget.checked })} />
          <Checkbox label="SMS" checked={draft.smsAllowed} onChange={(e) => set({ ...draft, smsAllowed: e.currentTarget.checked })} />
          <Checkbox label="Calls" checked={draft.voiceAllowed} onChange={(e) => set({ ...draft, voiceAllowed: e.currentTarget.checked })} />
          <Checkbox label="Letters" checked={draft.mailAllowed} onChange={(e) => set({ ...draft, mailAllowed: e.currentTarget.checked })} />
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Address</legend>
        <div className={classes.grid}>
          <TextInput label="Street and number" maxLength={100} autoComplete="off" value={draft.line1} onChange={(e) => set({ ...draft, line1: e.currentTarget.value })} error={wrong['address.line1']} />
          <TextInput label="Apartment, unit" maxLength={100} autoComplete="off" value={draft.line2} onChange={(e) => set({ ...draft, line2: e.currentTarget.value })} error={wrong['address.line2']} />
          <TextInput label="City" maxLength={100} autoComplete="off" value={draft.city} onChange={(e) => set({ ...draft, city: e.currentTarget.value })} error={wrong['address.city']} />
          <TextInput label="State" placeholder="NY" maxLength={2} autoComplete="off" value={draft.state} onChange={(e) => set({ ...draft, state: e.currentTarget.value })} error={wrong['address.state']} />
          <TextInput label="ZIP code" maxLength={10} autoComplete="off" value={draft.postalCode} onChange={(e) => set({ ...draft, postalCode: e.currentTarget.value })} error={wrong['address.postalCode']} />
        </div>
      </fieldset>
    </>
  ),
  put: (id, etag, d) =>
    versioned(
      intake.PUT('/api/patients/{id}/registration/contact', {
        params: params(id, etag),
        body: {
          email: said(d.email),
          phone: said(d.phone),
          address: living(d) ? { line1: d.line1.trim(), line2: said(d.line2), city: d.city.trim(), state: d.state.trim().toUpperCase(), postalCode: d.postalCode.trim() } : null,
          zone: d.zone,
          language: d.language,
          emailAllowed: d.emailAllowed,
          smsAllowed: d.smsAllowed,
          voiceAllowed: d.voiceAllowed,
          mailAllowed: d.mailAllowed,
        },
      }),
    ),
};

export function ZoneSelect({ value, onChange, error }: { value: string; onChange: (zone: string) => void; error?: ReactNode }) {
  return (
    <NativeSelect label="Time zone" value={value} onChange={(e) => onChange(e.currentTarget.value)} error={error}>
      {[...new Set([...ZONES, value])].map((zone) => (
        <option key={zone} value={zone}>
          {zoneWord(zone)}
        </option>
      ))}
    </NativeSelect>
  );
}

interface EmergencyDraft {
  name: string;
  relationship: string;
  phone: string;
}

export const emergencyContact: SectionKind<EmergencyDraft> = {
  name: 'emergency-contact',
  title: 'Emergency contact',
  asks: 'Whom to call when something happens.',
  begin: ({ emergencyContact: e }) => ({ name: e?.name ?? '', relationship: e?.relationship ?? '', phone: e?.phone ?? '' }),
  facts: (d) => [
    ['Name', d.name || none],
    ['Relationship', d.relationship || none],
    ['Phone', d.phone || none],
  ],
  lacks: (d) => ({ ...(d.name.trim() ? {} : { name: 'Needed' }), ...(d.phone.trim() ? {} : { phone: 'Needed' }) }),
  fields: ({ draft, set, wrong }) => (
    <div className={classes.grid}>
      <TextInput label="Name" maxLength={200} autoComplete="off" value={draft.name} onChange={(e) => set({ ...draft, name: e.currentTarget.value })} error={wrong['name']} />
      <TextInput label="Relationship" placeholder="Sister" maxLength={100} autoComplete="off" value={draft.relationship} onChange={(e) => set({ ...draft, relationship: e.currentTarget.value })} error={wrong['relationship']} />
      <TextInput label="Phone" type="tel" maxLength={40} autoComplete="off" value={draft.phone} onChange={(e) => set({ ...draft, phone: e.currentTarget.value })} error={wrong['phone']} />
    </div>
  ),
  put: (id, etag, d) =>
    versioned(intake.PUT('/api/patients/{id}/registration/emergency-contact', { params: params(id, etag), body: { name: d.name.trim(), relationship: said(d.relationship), phone: d.phone.trim() } })),
};

interface TherapistDraft {
  hasTherapist: boolean | undefined;
  name: string;
  practice: string;
  phone: string;
}

export const therapist: SectionKind<TherapistDraft> = {
  name: 'therapist',
  title: 'Therapist',
  asks: 'Whether somebody treats the patient with talking therapy, and who.',
  begin: ({ therapist: t }) => ({ hasTherapist: t?.hasTherapist, name: t?.name ?? '', practice: t?.practice ?? '', phone: t?.phone ?? '' }),
  facts: (d) =>
    d.hasTherapist
      ? [
          ['Name', d.name || none],
          ['Practice', d.practice || none],
          ['Phone', d.phone || none],
        ]
      : [['Therapist', d.hasTherapist === false ? 'Has none' : none]],
  lacks: (d) => ({
    ...(d.hasTherapist === undefined ? { hasTherapist: 'Not answered yet' } : {}),
    ...(d.hasTherapist && !d.name.trim() ? { name: 'Needed' } : {}),
  }),
  fields: ({ draft, set, wrong }) => (
    <>
      <Radio.Group
        label="Has the patient a therapist?"
        value={draft.hasTherapist === undefined ? null : draft.hasTherapist ? 'yes' : 'no'}
        onChange={(value) => set({ ...draft, hasTherapist: value === 'yes' })}
        error={wrong['hasTherapist']}
      >
        <div className={classes.checks}>
          <Radio value="yes" label="Yes" />
          <Radio value="no" label="No" />
        </div>
      </Radio.Group>
      {draft.hasTherapist ? (
        <div className={classes.grid}>
          <TextInput label="Name" maxLength={200} autoComplete="off" value={draft.name} onChange={(e) => set({ ...draft, name: e.currentTarget.value })} error={wrong['name']} />
          <TextInput label="Practice" maxLength={200} autoComplete="off" value={draft.practice} onChange={(e) => set({ ...draft, practice: e.currentTarget.value })} error={wrong['practice']} />
          <TextInput label="Phone" type="tel" maxLength={40} autoComplete="off" value={draft.phone} onChange={(e) => set({ ...draft, phone: e.currentTarget.value })} error={wrong['phone']} />
        </div>
      ) : null}
    </>
  ),
  put: (id, etag, d) =>
    versioned(
      intake.PUT('/api/patients/{id}/registration/therapist', {
        params: params(id, etag),
        body: d.hasTherapist ? { hasTherapist: true, name: said(d.name), practice: said(d.practice), phone: said(d.phone) } : { hasTherapist: false, name: null, practice: null, phone: null },
      }),
    ),
};

type History = Schemas['HistorySection'];
type Condition = History['conditions'][number];
interface HistoryDraft {
  conditions: Condition[];
  otherConditions: string[];
  pregnancy: History['pregnancy'];
}

export const history: SectionKind<HistoryDraft> = {
  name: 'history',
  title: 'Medical history',
  asks: 'Conditions ever found, and pregnancy. The rules run again when it changes.',
  begin: ({ history: h }) => ({ conditions: h?.conditions ?? [], otherConditions: h?.otherConditions ?? [], pregnancy: h?.pregnancy ?? null }),
  facts: (d) => [
    ['Conditions', d.conditions.map((c) => CONDITIONS[c] ?? c).join(', ') || 'None of those asked for'],
    ['Others', d.otherConditions.join(', ') || none],
    ['Pregnant', d.pregnancy ? pregnancyWord(d.pregnancy) : 'Not answered'],
  ],
  lacks: () => ({}),
  fields: ({ draft, set, wrong }) => (
    <>
      <fieldset className={classes.group}>
        <legend>Ever found, tick all</legend>
        <div className={classes.conditions}>
          {(Object.keys(CONDITIONS) as Condition[]).map((code) => (
            <Checkbox
              key={code}
              label={CONDITIONS[code]}
              checked={draft.conditions.includes(code)}
              onChange={(e) => set({ ...draft, conditions: e.currentTarget.checked ? [...draft.conditions, code] : draft.conditions.filter((c) => c !== code) })}
            />
          ))}
        </div>
      </fieldset>
      <TagsInput
        label="Other conditions"
        description="In words, Enter after each; no rule knows them, so a prescriber reviews them"
        value={draft.otherConditions}
        onChange={(otherConditions) => set({ ...draft, otherConditions })}
        acceptValueOnBlur
        maxTags={30}
        error={wrong['otherConditions']}
      />
      <Radio.Group label="Pregnant?" value={draft.pregnancy ?? null} onChange={(value) => set({ ...draft, pregnancy: value as HistoryDraft['pregnancy'] })} error={wrong['pregnancy']}>
        <div className={classes.checks}>
          {(['no', 'yes', 'unknown', 'not-applicable'] as const).map((code) => (
            <Radio key={code} value={code} label={pregnancyWord(code)} />
          ))}
        </div>
      </Radio.Group>
    </>
  ),
  put: (id, etag, d) => versioned(intake.PUT('/api/patients/{id}/registration/history', { params: params(id, etag), body: d })),
};

interface DrugDraft {
  name: string;
  dose: string;
  since: string;
}
const inOrder = <T,>(rows: T[], field: string, text: (row: T) => string): Wrong => Object.fromEntries(rows.flatMap((row, i) => (text(row).trim() ? [] : [[`${field}[${i}]`, 'Needed'] as const])));

export const drugs: SectionKind<DrugDraft[]> = {
  name: 'drugs',
  title: 'Drugs taken now',
  asks: 'Everything taken now, with dose. None is an answer too. The rules run again when it changes.',
  begin: ({ drugs: d }) => (d?.drugs ?? []).map((drug) => ({ name: drug.name, dose: drug.dose ?? '', since: drug.since ?? '' })),
  facts: (rows) => (rows.length === 0 ? [['Drugs', 'Takes none']] : rows.map((d) => [d.name, [d.dose, d.since && `since ${calendarDay(d.since)}`].filter(Boolean).join(', ') || none] as const)),
  lacks: (rows) => inOrder(rows, 'drugs', (d) => d.name),
  fields: ({ draft, set, wrong }) => (
    <RowsEditor rows={draft} onChange={set} blank={() => ({ name: '', dose: '', since: '' })} what="drug" none="Saved like this: the patient takes no drugs." most={50}>
      {(drug, change, i) => (
        <>
          <TextInput label="Drug" placeholder="Generic or brand name" maxLength={100} autoComplete="off" value={drug.name} onChange={(e) => change({ ...drug, name: e.currentTarget.value })} error={wrong[`drugs[${i}]`] ?? wrong[`drugs[${i}].name`]} />
          <TextInput label="Dose" placeholder="50 mg in the morning" maxLength={100} autoComplete="off" value={drug.dose} onChange={(e) => change({ ...drug, dose: e.currentTarget.value })} error={wrong[`drugs[${i}].dose`]} />
          <TextInput label="Since" type="date" value={drug.since} onChange={(e) => change({ ...drug, since: e.currentTarget.value })} error={wrong[`drugs[${i}].since`] ?? (drug.since ? wrong['drugs'] : undefined)} />
        </>
      )}
    </RowsEditor>
  ),
  put: (id, etag, rows) =>
    versioned(
      intake.PUT('/api/patients/{id}/registration/drugs', {
        params: params(id, etag),
        body: { drugs: rows.map((d) => ({ name: d.name.trim(), dose: said(d.dose), since: d.since || null })) },
      }),
    ),
};

interface AllergyDraft {
  substance: string;
  reaction: string;
}

export const allergies: SectionKind<AllergyDraft[]> = {
  name: 'allergies',
  title: 'Allergies',
  asks: 'Substances the patient can’t bear. None known is an answer too.',
  begin: ({ allergies: a }) => (a?.allergies ?? []).map((one) => ({ substance: one.substance, reaction: one.reaction ?? '' })),
  facts: (rows) => (rows.length === 0 ? [['Allergies', 'None known']] : rows.map((a) => [a.substance, a.reaction || none] as const)),
  lacks: (rows) => inOrder(rows, 'allergies', (a) => a.substance),
  fields: ({ draft, set, wrong }) => (
    <RowsEditor rows={draft} onChange={set} blank={() => ({ substance: '', reaction: '' })} what="allergy" none="Saved like this: no allergy is known." most={50}>
      {(allergy, change, i) => (
        <>
          <TextInput label="Substance" maxLength={100} autoComplete="off" value={allergy.substance} onChange={(e) => change({ ...allergy, substance: e.currentTarget.value })} error={wrong[`allergies[${i}]`] ?? wrong[`allergies[${i}].substance`]} />
          <TextInput label="Reaction" maxLength={200} autoComplete="off" value={allergy.reaction} onChange={(e) => change({ ...allergy, reaction: e.currentTarget.value })} error={wrong[`allergies[${i}].reaction`]} />
        </>
      )}
    </RowsEditor>
  ),
  put: (id, etag, rows) =>
    versioned(intake.PUT('/api/patients/{id}/registration/allergies', { params: params(id, etag), body: { allergies: rows.map((a) => ({ substance: a.substance.trim(), reaction: said(a.reaction) })) } })),
};

type TreatmentOutcome = Schemas['PreviousTreatment']['outcome'];
interface TreatmentDraft {
  drug: string;
  dose: string;
  weeks: number | string;
  outcome: TreatmentOutcome;
  reasonStopped: string;
  thisEpisode: boolean;
}
const OUTCOMES: TreatmentOutcome[] = ['no-response', 'partial-response', 'remission', 'not-tolerated', 'unknown'];

export const previousTreatments: SectionKind<TreatmentDraft[]> = {
  name: 'previous-treatments',
  title: 'Earlier treatments',
  asks: 'Antidepressants and others, how long, and what came of them: payers and the rules count them.',
  begin: ({ previousTreatments: p }) =>
    (p?.treatments ?? []).map((t) => ({ drug: t.drug, dose: t.dose ?? '', weeks: t.weeks ?? '', outcome: t.outcome, reasonStopped: t.reasonStopped ?? '', thisEpisode: t.thisEpisode })),
  facts: (rows) =>
    rows.length === 0
      ? [['Treatments', 'None']]
      : rows.map(
          (t) =>
            [
              t.drug,
              [t.dose, t.weeks !== '' && `${t.weeks} ${Number(t.weeks) === 1 ? 'week' : 'weeks'}`, outcomeWord(t.outcome).toLowerCase(), t.reasonStopped, t.thisEpisode ? 'this episode' : 'earlier'].filter(Boolean).join(', '),
            ] as const,
        ),
  lacks: (rows) => inOrder(rows, 'treatments', (t) => t.drug),
  fields: ({ draft, set, wrong }) => (
    <RowsEditor
      rows={draft}
      onChange={set}
      blank={() => ({ drug: '', dose: '', weeks: '', outcome: 'unknown' as const, reasonStopped: '', thisEpisode: true })}
      what="treatment"
      none="Saved like this: nothing was tried before."
      most={50}
    >
      {(t, change, i) => (
        <>
          <TextInput label="Drug or treatment" maxLength={100} autoComplete="off" value={t.drug} onChange={(e) => change({ ...t, drug: e.currentTarget.value })} error={wrong[`treatments[${i}]`] ?? wrong[`treatments[${i}].drug`]} />
          <TextInput label="Dose" maxLength={100} autoComplete="off" value={t.dose} onChange={(e) => change({ ...t, dose: e.currentTarget.value })} error={wrong[`treatments[${i}].dose`]} />
          <NumberInput label="Weeks taken" min={0} max={2000} allowDecimal={false} hideControls value={t.weeks} onChange={(weeks) => change({ ...t, weeks })} error={wrong[`treatments[${i}].weeks`]} />
          <NativeSelect label="What came of it" value={t.outcome} onChange={(e) => change({ ...t, outcome: e.currentTarget.value as TreatmentOutcome })} error={wrong[`treatments[${i}].outcome`]}>
            {OUTCOMES.map((code) => (
              <option key={code} value={code}>
                {outcomeWord(code)}
              </option>
            ))}
          </NativeSelect>
          <TextInput label="Why stopped" maxLength={500} autoComplete="off" value={t.reasonStopped} onChange={(e) => change({ ...t, reasonStopped: e.currentTarget.value })} error={wrong[`treatments[${i}].reasonStopped`]} />
          <Checkbox className={classes.inline} label="In this episode" checked={t.thisEpisode} onChange={(e) => change({ ...t, thisEpisode: e.currentTarget.checked })} />
        </>
      )}
    </RowsEditor>
  ),
  put: (id, etag, rows) =>
    versioned(
      intake.PUT('/api/patients/{id}/registration/previous-treatments', {
        params: params(id, etag),
        body: {
          treatments: rows.map((t) => ({
            drug: t.drug.trim(),
            dose: said(t.dose),
            weeks: t.weeks === '' ? null : Number(t.weeks),
            outcome: t.outcome,
            reasonStopped: said(t.reasonStopped),
            thisEpisode: t.thisEpisode,
          })),
        },
      }),
    ),
};

type Holder = NonNullable<Schemas['GivenCard']['holderRelationship']>;
interface CardDraft {
  payerName: string;
  payerCode: string;
  plan: string;
  memberId: string;
  /** Of the one that is known; only its ending is ever answered. */
  ending: string;
  groupNumber: string;
  holder: string;
  holderRelationship: Holder;
}

export const coverage: SectionKind<CardDraft[]> = {
  name: 'coverage',
  title: 'Insurance cards',
  asks: 'What stands on the cards, primary first. No card means self-pay.',
  begin: ({ coverage: cards }) =>
    [...(cards ?? [])]
      .sort((a, b) => a.rank - b.rank)
      .map((c) => ({
        payerName: c.payerName,
        payerCode: c.payerCode,
        plan: c.plan ?? '',
        memberId: '',
        ending: c.memberIdEnding,
        groupNumber: c.groupNumber ?? '',
        holder: c.holder ?? '',
        holderRelationship: c.holderRelationship ?? 'self',
      })),
  facts: (cards) =>
    cards.length === 0
      ? [['Insurance', 'None: the patient pays themself']]
      : cards.flatMap((c, i) => [
          [rankWord(i + 1), [c.payerName, c.plan].filter(Boolean).join(', ')] as const,
          ['Member id', c.memberId ? `new, ends in ${c.memberId.slice(-4)}` : c.ending ? `ends in ${c.ending}` : none] as const,
          ...(c.groupNumber ? [['Group', c.groupNumber] as const] : []),
          ...(c.holderRelationship !== 'self' ? [['Holder', [c.holder, holderWord(c.holderRelationship).toLowerCase()].filter(Boolean).join(', ')] as const] : []),
        ]),
  lacks: (cards) =>
    Object.fromEntries(
      cards.flatMap((c, i) => [
        ...(c.payerName.trim() ? [] : [[`cards[${i}].payerName`, 'Needed'] as const]),
        ...(c.memberId.trim() || c.ending ? [] : [[`cards[${i}].memberId`, 'Needed'] as const]),
      ]),
    ),
  fields: ({ draft, set, wrong }) => (
    <RowsEditor
      rows={draft}
      onChange={set}
      blank={() => ({ payerName: '', payerCode: '', plan: '', memberId: '', ending: '', groupNumber: '', holder: '', holderRelationship: 'self' as const })}
      what="card"
      none="Saved like this: the patient pays themself."
      most={3}
    >
      {(card, change, i) => (
        <>
          <TextInput label={`${rankWord(i + 1)} payer`} maxLength={100} autoComplete="off" value={card.payerName} onChange={(e) => change({ ...card, payerName: e.currentTarget.value })} error={wrong[`cards[${i}].payerName`] ?? (i === 0 ? wrong['cards'] : undefined)} />
          <TextInput label="Payer code" description="The clinic’s own; made of the name when empty" maxLength={50} autoComplete="off" value={card.payerCode} onChange={(e) => change({ ...card, payerCode: e.currentTarget.value })} error={wrong[`cards[${i}].payerCode`]} />
          <TextInput label="Plan" maxLength={100} autoComplete="off" value={card.plan} onChange={(e) => change({ ...card, plan: e.currentTarget.value })} error={wrong[`cards[${i}].plan`]} />
          <TextInput
            label="Member id"
            description={card.ending ? `Known, ends in ${card.ending}; type only to change it` : 'Goes to billing sealed'}
            maxLength={50}
            autoComplete="off"
            value={card.memberId}
            onChange={(e) => change({ ...card, memberId: e.currentTarget.value })}
            error={wrong[`cards[${i}].memberId`] ?? (i === 0 ? wrong['memberId'] : undefined)}
          />
          <TextInput label="Group number" maxLength={50} autoComplete="off" value={card.groupNumber} onChange={(e) => change({ ...card, groupNumber: e.currentTarget.value })} error={wrong[`cards[${i}].groupNumber`]} />
          <NativeSelect label="Belongs to" value={card.holderRelationship} onChange={(e) => change({ ...card, holderRelationship: e.currentTarget.value as Holder })}>
            {(['self', 'spouse', 'parent', 'other'] as const).map((code) => (
              <option key={code} value={code}>
                {holderWord(code)}
              </option>
            ))}
          </NativeSelect>
          {card.holderRelationship !== 'self' ? (
            <TextInput label="Holder’s name" maxLength={200} autoComplete="off" value={card.holder} onChange={(e) => change({ ...card, holder: e.currentTarget.value })} error={wrong[`cards[${i}].holder`]} />
          ) : null}
        </>
      )}
    </RowsEditor>
  ),
  put: (id, etag, cards) =>
    versioned(
      intake.PUT('/api/patients/{id}/registration/coverage', {
        params: params(id, etag),
        body: {
          cards: cards.map((c, i) => ({
            rank: i + 1,
            payerName: c.payerName.trim(),
            payerCode: said(c.payerCode),
            plan: said(c.plan),
            memberId: said(c.memberId),
            groupNumber: said(c.groupNumber),
            holder: c.holderRelationship === 'self' ? null : said(c.holder),
            holderRelationship: c.holderRelationship,
          })),
        },
      }),
    ),
};

export const TITLES: Record<SectionName, string> = Object.fromEntries(
  [demographics, contact, emergencyContact, therapist, history, drugs, allergies, previousTreatments, coverage].map(({ name, title }) => [name, title]),
) as Record<SectionName, string>;

