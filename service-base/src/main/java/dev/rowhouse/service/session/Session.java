package dev.rowhouse.service.session;

import java.util.List;
import java.util.Optional;

/**
 * Work in turns, from its start to the first error that it cannot mend itself; then all of it is thrown away, and a new session
 * starts from what is committed. For the thread of its {@link SessionThread} alone.
 */
public interface Session extends AutoCloseable {

    /**
     * Does what there is to do, and returns soon.
     *
     * @return false when nothing could be done: wait a little before the next turn
     * @throws RuntimeException when the session is beyond repair
     */
    boolean turn();

    /**
     * Why it is not able to work just now, one sentence each; an empty list when it is. Nothing at all while that is being
     * settled, as in a rebalance: what was told before stays.
     */
    Optional<List<String>> notReady();

    /** Lets go of everything, so that another may go on. */
    @Override
    void close();
}
