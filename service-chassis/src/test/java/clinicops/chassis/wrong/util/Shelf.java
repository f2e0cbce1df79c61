package clinicops.chassis.wrong.util;

class Shelf {}
