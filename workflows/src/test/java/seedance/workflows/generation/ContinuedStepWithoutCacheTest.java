package seedance.workflows.generation;

import org.junit.jupiter.api.Timeout;

/** The same, every workflow task a full replay. */
@Timeout(60)
class ContinuedStepWithoutCacheTest extends ContinuedStepTest {
  @Override
  int workflowCacheSize() {
    return 0;
  }
}
