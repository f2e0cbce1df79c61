import { Link, Outlet } from '@tanstack/react-router';
import { useHas } from '../api/me';
import { Page } from '../parts/Page';
import { SECTIONS } from './sections';
import classes from './Admin.module.css';

export default function AdminPage() {
  const has = useHas();
  return (
    <Page title="Admin">
      <nav className={classes.tabs} aria-label="Admin">
        {SECTIONS.filter((section) => has(...section.roles)).map((section) => (
          <Link key={section.id} to="/admin/$section" params={{ section: section.id }} className={classes.tab} activeProps={{ 'data-here': true }}>
            {section.label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
