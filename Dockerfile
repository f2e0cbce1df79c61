# One service, from its jar that Maven has built: docker build --build-arg SERVICE=intake-service .
FROM eclipse-temurin:25-jre
ARG SERVICE
# where staff-web leaves the first sign-in; a volume begins with this owner
RUN mkdir -m 700 /clinic && chown 10001:10001 /clinic
COPY compose/service-health /usr/local/bin/service-health
COPY ${SERVICE}/target/${SERVICE}-exec.jar /service.jar
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/service.jar"]
