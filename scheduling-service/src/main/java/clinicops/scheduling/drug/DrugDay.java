package clinicops.scheduling.drug;

import clinicops.scheduling.drug.DrugCount.CountState;
import clinicops.scheduling.drug.DrugCount.CountTime;
import java.time.LocalDate;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** What the drugs leave open at the end of a day. */
@Component
public class DrugDay {
    private static final int MOST = 200;

    private final DrugDraws draws;
    private final Wastes wastes;
    private final DrugBooks books;
    private final DrugCounts counts;
    private final CountReviews reviews;

    DrugDay(DrugDraws draws, Wastes wastes, DrugBooks books, DrugCounts counts, CountReviews reviews) {
        this.draws = draws;
        this.wastes = wastes;
        this.books = books;
        this.counts = counts;
        this.reviews = reviews;
    }

    /**
     * @param openDraws with a rest that nobody has accounted for
     * @param wastesWaiting for their witness
     * @param notCounted drugs whose closing count is not complete
     * @param openReviews of differences
     */
    public record Left(int openDraws, int wastesWaiting, List<String> notCounted, int openReviews) {}

    public Left left(LocalDate day) {
        List<DrugCount> known = counts.onDay(day);
        return new Left(
                draws.open(Limit.of(MOST)).size(),
                wastes.waiting(Limit.of(MOST)).size(),
                books.everyOne().stream()
                        .map(DrugBook::drug)
                        .filter(drug -> known.stream()
                                .noneMatch(count -> count.drug().equals(drug)
                                        && count.at() == CountTime.CLOSING
                                        && (count.state() == CountState.BALANCED
                                                || count.state() == CountState.DIFFERENT)))
                        .toList(),
                reviews.open(Limit.of(MOST)).size());
    }
}
