package clinicops.chassis.wrong.service;

class Layer {}
