import { Outlet } from '@tanstack/react-router';

export default function AdminPage() {
  return <Outlet />;
}
