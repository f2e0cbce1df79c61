import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { body, scheduling } from '../api/clients';
import { useHas } from '../api/me';
import { shortName, usePatients } from '../parts/patients';
import { Banner } from '../parts/Tone';

const SHOWN = 5;

/** Courses out of which a session fell: each leads to its planner. */
export function ReplanNotice() {
  const has = useHas();
  const courses = useQuery({
    queryKey: ['courses', 'to-replan'],
    queryFn: () => body(scheduling.GET('/api/courses/to-replan', { params: { query: { limit: 50 } } })),
    enabled: has('front-desk'),
    staleTime: 60_000,
  });
  const items = courses.data?.items ?? [];
  const patients = usePatients(items.slice(0, SHOWN).map((course) => course.patientId)).data;
  if (items.length === 0) return null;
  return (
    <Banner tone="hold" title={items.length === 1 ? 'A course lost a session' : `${items.length} courses lost a session`}>
      Plan another one, or leave the course shorter:{' '}
      {items.slice(0, SHOWN).map((course, i) => (
        <span key={course.id}>
          {i > 0 ? ', ' : ''}
          <Link to="/calendar/planner" search={{ patient: course.patientId }}>
            {shortName(patients?.get(course.patientId))}
          </Link>
        </span>
      ))}
      {items.length > SHOWN ? ` and ${items.length - SHOWN} more` : ''}
    </Banner>
  );
}
