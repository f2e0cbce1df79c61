import { Outlet } from '@tanstack/react-router';

export default function PatientPage() {
  return <Outlet />;
}
