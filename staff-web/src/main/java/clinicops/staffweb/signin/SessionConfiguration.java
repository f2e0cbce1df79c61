package clinicops.staffweb.signin;

import java.net.URI;
import org.mongodb.spring.session.AbstractMongoSessionConverter;
import org.mongodb.spring.session.JacksonMongoSessionConverter;
import org.mongodb.spring.session.MongoIndexedSessionRepository;
import org.mongodb.spring.session.config.annotation.web.http.EnableMongoHttpSession;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Sessions in MongoDB: they survive a restart, and every copy of the front door knows them. */
@Configuration(proxyBeanMethods = false)
@EnableMongoHttpSession(collectionName = SessionConfiguration.COLLECTION)
class SessionConfiguration {
    static final String COOKIE = "clinicops";
    static final String COLLECTION = "sessions";

    @Bean
    static BeanPostProcessor keptSessions(ObjectProvider<MongoOperations> mongo) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof MongoIndexedSessionRepository stored
                        ? new KeptSessions(stored, mongo.getObject(), COLLECTION)
                        : bean;
            }
        };
    }

    @Bean
    AbstractMongoSessionConverter sessionConverter() {
        return new JacksonMongoSessionConverter();
    }

    @Bean
    SessionRepositoryCustomizer<MongoIndexedSessionRepository> idleTime(SignInSettings settings) {
        return sessions -> sessions.setDefaultMaxInactiveInterval(settings.idle());
    }

    /** Lax, so that a link in a mail opens the clinic signed in; nothing unsafe is done by following a link. */
    @Bean
    CookieSerializer sessionCookie(@Value("${clinicops.public-url}") URI publicUrl) {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(COOKIE);
        cookie.setCookiePath("/");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setUseSecureCookie("https".equals(publicUrl.getScheme()));
        return cookie;
    }
}
