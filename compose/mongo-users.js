// One user per service, for its own database and no other.
const host = 'mongo:27017';
const admin = db.getSiblingDB('admin');
const secret = (name) => {
  const value = process.env[name + '_PASSWORD'];
  if (!value) throw new Error(name + '_PASSWORD is not set');
  return value;
};

if (!admin.runCommand({ hello: 1 }).setName) {
  const made = admin.runCommand({ replSetInitiate: { _id: 'clinic', members: [{ _id: 0, host }] } });
  if (!made.ok) throw new Error(made.errmsg);
}
for (let waited = 0; !admin.runCommand({ hello: 1 }).isWritablePrimary; waited++) {
  if (waited === 300) throw new Error('mongod did not become primary');
  sleep(100);
}

let known = true;
try {
  admin.auth('admin', secret('ADMIN'));
} catch (noSuchUserYet) {
  known = false;
}
if (!known) {
  // allowed once, from this machine, while there is no user at all
  admin.createUser({ user: 'admin', pwd: secret('ADMIN'), roles: ['root'] });
  admin.auth('admin', secret('ADMIN'));
}

for (const name of ['intake', 'scheduling', 'billing', 'notification', 'staff-web']) {
  const own = db.getSiblingDB(name);
  const user = { pwd: secret(name.toUpperCase().replace('-', '_')), roles: [{ role: 'readWrite', db: name }] };
  if (own.getUser(name)) own.updateUser(name, user);
  else own.createUser({ user: name, ...user });
}
print('the replica set and its users are there');
