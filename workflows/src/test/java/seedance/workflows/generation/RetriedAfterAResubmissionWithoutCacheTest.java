package seedance.workflows.generation;

/** The same with no workflow kept in memory, so that every workflow task replays from the start. */
class RetriedAfterAResubmissionWithoutCacheTest extends RetriedAfterAResubmissionTest {
  @Override
  int workflowCacheSize() {
    return 0;
  }
}
