package clinicops.scheduling.drug;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's shipments of controlled drugs. */
interface StockLots extends Repository<StockLot, String> {
    StockLot save(StockLot lot);

    @Query("{ '_id': ?0 }")
    Optional<StockLot> ofClinic(String id);

    @Query(value = "{ '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<StockLot> all(String after, Limit limit);

    @Query(value = "{ 'state': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<StockLot> inState(StockLot.LotState state, String after, Limit limit);

    /** What may be drawn from, first expiring first. */
    @Query(value = "{ 'drug': { '$in': ?0 }, 'state': 'RECEIVED' }", sort = "{ 'expiresOn': 1, '_id': 1 }")
    List<StockLot> onHand(Collection<String> drugs);

    @Query(value = "{ 'drug': ?0, 'ndc': ?1, 'lot': ?2 }", sort = "{ 'expiresOn': 1, '_id': 1 }")
    List<StockLot> ofLot(String drug, String ndc, String lot);
}
