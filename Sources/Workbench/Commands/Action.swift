/// Everything a key can do; closed, so that the compiler finds every place that must answer.
public enum Action: Sendable, Equatable {
  // Anywhere.
  case quit, interrupt, help, back
  case focusNext, focusPrevious, focus(Int), zoom
  case togglePause, stepOnce, restart, restartWithNewSeed
  case nextMarks, nextTheme, freeze
  // Experiments.
  case openExperiments, chooseExperiment, exhibitBefore, exhibitAfter
  case scroll(Int), scrollColumns(Int)
  // The theorems' orders.
  case openPlan, restorePlan
  // Setup.
  case fieldUp, fieldDown, fieldFirst, fieldLast, fieldDecrease, fieldIncrease, fieldEdit
  // Loss.
  case toggleLogLoss, toggleLogSteps
  // Error.
  case levelLess, levelMore, deltaLess, deltaMore, nextErrorView, toggleWorst
  // Samples.
  case nextSampleView, toggleErrorColors, toggleExactScoreRun, timeBack, timeForward, timeFirst,
    timeLast,
    animate
}
