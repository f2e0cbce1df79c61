import type { ComponentType } from 'react';
import { Cancel, CheckIn, EscortCode, Gate, IvLine, Miss, Move, NameEscort, ReviewDrugs, Surroundings, Weigh } from './beforeDose';
import { DrawDrug, FinishDose, OrderDose, SecondCheck, SetPump, StartDose, Titrate, UseDevice } from './dose';
import { AdverseEvent, CallForHelp, EndEffect, LeaveAgainstAdvice, RescueDrug, ReviewAdverseEvent, Stop, Transfer } from './emergency';
import { AddToNote, Discharge, SignNote, WriteNote } from './ending';
import type { Action } from './model';
import { lockedBy, useLink } from './offline/link';
import { type ActionProps, Locked } from './parts';

const FORMS: Record<Action, ComponentType<ActionProps>> = {
  'check-in': CheckIn,
  escort: NameEscort,
  move: Move,
  cancel: Cancel,
  miss: Miss,
  gate: Gate,
  order: OrderDose,
  draw: DrawDrug,
  'second-check': SecondCheck,
  titrate: Titrate,
  pump: SetPump,
  'iv-access': IvLine,
  setting: Surroundings,
  weigh: Weigh,
  'review-drugs': ReviewDrugs,
  'escort-code': EscortCode,
  start: StartDose,
  device: UseDevice,
  stop: Stop,
  finish: FinishDose,
  rescue: RescueDrug,
  'adverse-event': AdverseEvent,
  'end-effect': EndEffect,
  'review-adverse-event': ReviewAdverseEvent,
  discharge: Discharge,
  'leave-against-advice': LeaveAgainstAdvice,
  transfer: Transfer,
  'call-for-help': CallForHelp,
  note: WriteNote,
  'sign-note': SignNote,
  addendum: AddToNote,
};

/** The form of one action, locked while the server can't be asked. */
export function ActionForm({ action, ...props }: ActionProps & { action: Action }) {
  const Form = FORMS[action];
  const locked = lockedBy(action, useLink(props.session.id));
  return (
    <Locked value={locked}>
      <Form {...props} />
    </Locked>
  );
}
