package import Lessons
import ScoreCore
import ScoreLab
import TermPlot

extension WorkbenchState {
  /// The lessons there are, with what is wrong with files that could not be used.
  package var lessonShelf: LessonShelf {
    get { lessons.shelf }
    set { lessons.shelf = newValue }
  }

  /// Opens the page of lessons on one, where it was left.
  ///
  /// - Parameter place: Its place in the library.
  /// - Returns: What the session has to do.
  mutating func openLesson(at place: Int) -> [Effect] {
    precondition(lessons.library.lessons.indices.contains(place), "There is such a lesson.")
    if !isOpen(.lessons) { open(.lessons) }
    let lesson = lessons.library.lessons[place]
    lessons.selected = place
    // A lesson that was read to its end begins again.
    let left = lessons.progress.steps[lesson.name] ?? 0
    let step = left < lesson.steps.count - 1 ? left : 0
    lessons.reading = ReadLesson(lesson: lesson)
    return enter(step, setsRun: true, isForward: true)
  }

  /// Goes to another step of the lesson.
  mutating func goToLessonStep(_ step: Int) -> [Effect] {
    guard let reading = lessons.reading, reading.lesson.steps.indices.contains(step) else {
      return []
    }
    let (old, new) = (reading.current, reading.lesson.steps[step])
    let isForward = step > reading.step
    // What was tried in a step stays in the next one, unless that sets the run.
    let setsRun = old.configuration != new.configuration || isForward && new.setsRun
    return enter(step, setsRun: setsRun, isForward: isForward)
  }

  /// Puts a step on screen with its run and its picture.
  private mutating func enter(_ step: Int, setsRun: Bool, isForward: Bool) -> [Effect] {
    guard var reading = lessons.reading else { return [] }
    reading.step = step
    (reading.met, reading.draft) = ([], LessonDraft(for: reading.lesson.steps[step].question))
    reading.isPicturePending = true
    lessons.reading = reading
    lessons.progress.reach(step, of: reading.lesson)
    (lessons.focus, lessons.scroll, lessons.windows) = (0, 0, [:])
    (isZoomed, notice) = (false, nil)
    let current = reading.current
    let restarts = current.isFresh && isForward
    var effects = setsRun ? takeRun(of: current) : []
    if restarts, effects.isEmpty { effects = run.restart(seed: run.configuration.seed) }
    effects += train(current, fromStart: !effects.isEmpty)
    show(current.picture)
    followLesson()
    return effects
  }

  /// Makes the run of a step that of the session, unless it is already.
  private mutating func takeRun(of step: LessonStep) -> [Effect] {
    guard step.configuration != run.configuration else { return [] }
    run.configuration = step.configuration
    (run.canUndo, run.canRedo) = (true, false)
    return [.send(.configure(step.configuration))]
  }

  /// Lets the run train as far as the step says.
  private mutating func train(_ step: LessonStep, fromStart: Bool) -> [Effect] {
    let isBehind = step.trainingSteps.map { fromStart ? $0 > 0 : run.snapshot?.step ?? 0 < $0 }
    var effects: [Effect] = [.send(.pauseAt(step: step.trainingSteps))]
    guard isBehind ?? true else { return effects }
    // A resume would lift a limit that is reached, which it is not.
    effects.append(.send(.resume))
    run.status = .training
    return effects
  }

  /// Returns to the lesson from free exploring: its run stands again where another took its place.
  mutating func returnToLesson() -> [Effect] {
    guard let reading = lessons.reading else { return [] }
    lessons.focus = 0
    lessons.reading?.isPicturePending = true
    show(reading.current.picture)
    guard reading.current.configuration.requiresRestart(comparedTo: run.configuration) else {
      followLesson()
      return []
    }
    return takeRun(of: reading.current) + train(reading.current, fromStart: true)
  }

  /// Leaves the lesson for the list.
  mutating func closeLesson() {
    lessons.reading = nil
    (lessons.focus, lessons.scroll) = (0, 0)
  }

  // MARK: - Pictures

  /// Sets the views of the live panes as a picture says; time and level wait for measurements.
  mutating func show(_ picture: LessonPicture) {
    live.sampleView =
      switch picture.view {
      case .scatter: .scatter
      case .density: .density
      case .trajectories: .trajectories
      case .score: .score
      }
    live.scoreArrows =
      switch picture.arrows {
      case .learned: .learned
      case .difference: .difference
      case .exact: .exact
      }
    live.scoreUnderlay =
      switch picture.underlay {
      case .exact: .exactDensity
      case .contours: .contours
      case .learned: .learnedDensity
      case .nothing: .nothing
      }
    live.errorView =
      switch picture.errors {
      case .distribution: .noisyDistribution
      case .samples: .ownSamples
      case .distance: .shells
      case .parts: .parts
      case .bound: .bound
      case .dimension: .dimension
      case .collapse: .collapse
      case .refine: .refine
      }
    live.lossView =
      switch picture.losses {
      case .curve: .curve
      case .excess: .excess
      case .levels: .levels
      case .kernel: .kernel
      case .features: .features
      case .gradients: .gradients
      }
    live.showsExactScoreRun = picture.isExactRunShown
    live.particleCount = picture.particles
    live.showsMetrics = picture.areMetricsShown
    (live.colorsErrors, live.isAnimating, live.followed) = (false, false, nil)
  }

  /// Takes in what is measured: conditions that hold, and the time and level that the picture is of.
  mutating func followLesson() {
    guard var reading = lessons.reading else { return }
    if reading.scene?.isOf(run.configuration) != true {
      reading.scene = LessonScene(run.configuration)
    }
    lessons.reading = reading
    if reading.isPicturePending, settle(reading.current.picture) {
      lessons.reading?.isPicturePending = false
    }
    let evidence = lessonEvidence
    for (place, condition) in reading.current.conditions.enumerated()
    where evidence.holds(condition) == true {
      lessons.reading?.met.insert(place)
    }
  }

  /// Puts the time cursor and the noise level where a picture says.
  ///
  /// - Returns: Whether all that it needs was there.
  private mutating func settle(_ picture: LessonPicture) -> Bool {
    guard let snapshot = lessonSnapshot else { return false }
    showLessonArea(snapshot.coordinates.names)
    let isLinked = live.isTimeLinked
    live.isTimeLinked = false
    defer { live.isTimeLinked = isLinked }
    if let time = picture.time, time > 0 {
      guard let times = snapshot.noisedData?.times else { return false }
      let frame = nearest(to: time, among: times)
      live.frame = frame == lastFrame ? nil : frame
    } else {
      live.frame = nil
    }
    guard let level = picture.level else { return true }
    guard let levels = snapshot.probe?.levels, !levels.isEmpty else { return false }
    live.levelIndex = nearest(to: level, among: levels.map(\.time))
    return true
  }

  /// Shows the whole area in which a place or a region is asked for, and no more.
  private mutating func showLessonArea(_ names: [String]) {
    guard case .field(let field)? = lessons.reading?.current.question?.kind,
      names.count == field.area.dimension
    else { return }
    let ranges = field.area.ranges
    lessons.windows[SamplesPane().title] = PlotWindow(
      across: [names[0]: ranges[0]], up: ranges.count == 2 ? [names[1]: ranges[1]] : [:])
  }

  /// What is shown of the run, if it is of the settings there are now.
  private var lessonSnapshot: Snapshot? {
    run.snapshot.flatMap {
      $0.configuration.requiresRestart(comparedTo: run.configuration) ? nil : $0
    }
  }

  /// What the lesson's questions and conditions can see.
  package var lessonEvidence: LessonEvidence {
    let snapshot = lessonSnapshot
    let times = snapshot?.noisedData?.times
    let levels = snapshot?.probe?.levels ?? []
    return LessonEvidence(
      scene: lessons.reading?.scene, configuration: run.configuration, snapshot: snapshot,
      shownTime: times.flatMap { $0.indices.contains(shownFrame) ? $0[shownFrame] : nil },
      shownLevel: levels.indices.contains(live.levelIndex) ? levels[live.levelIndex].time : nil)
  }
}
