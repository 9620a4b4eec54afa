import Lessons
import ScoreCore
import ScoreLab

/// What was done last on the run, so that a lesson can be made of it.
struct CommandJournal: Sendable {
  /// The most commands that are kept.
  private static let limit = 300
  /// The most steps that become a lesson.
  private static let mostSteps = 30

  /// How the run and its picture stand between two commands.
  struct Moment: Sendable, Equatable {
    var configuration: RunConfiguration
    var picture: LessonPicture
    /// The training steps of the run.
    var step: Int
  }

  private struct Entry {
    var words: String
    /// How often in a row.
    var count = 1
    var before: Moment
    var after: Moment
    /// Whether the run began again.
    var restarts: Bool
  }

  private var entries: [Entry] = []
  /// Whether something is being noted: what it does on its way is part of it.
  fileprivate var isNoting = false

  /// Notes a command that has changed the run or its picture; the same one again and again is one entry.
  mutating func note(
    _ words: String, before: Moment, after: Moment, effects: [Effect]
  ) {
    let isSent = effects.contains { if case .send = $0 { true } else { false } }
    guard isSent || before != after else { return }
    let restarts = effects.contains { if case .send(.restart) = $0 { true } else { false } }
    if let last = entries.last, last.words == words, !restarts,
      last.after.step == before.step, last.after.configuration == after.configuration
    {
      entries[entries.count - 1].count += 1
      entries[entries.count - 1].after = after
      return
    }
    entries.append(Entry(words: words, before: before, after: after, restarts: restarts))
    entries.removeFirst(max(0, entries.count - Self.limit))
  }

  /// What was done in steps: a new one begins where the run changes, or has trained since the last.
  ///
  /// A change that was not noted has a step without commands.
  ///
  /// - Parameter now: How it stands.
  /// - Returns: The steps, the last ones of many; none where nothing was done.
  func steps(until now: Moment) -> [RecordedStep] {
    guard let first = entries.first?.before else { return [] }
    var steps = [step(first, commands: [])]
    // Where the run stood when its step of the lesson began.
    var began = first.step
    for entry in entries {
      if entry.before.configuration != steps[steps.count - 1].configuration {
        steps.append(step(entry.before, commands: []))
        began = entry.before.step
      }
      let isNew =
        entry.restarts || entry.after.configuration != steps[steps.count - 1].configuration
      if isNew || entry.before.step > began {
        steps[steps.count - 1].trainingSteps = entry.before.step
        steps.append(step(entry.after, commands: []))
        steps[steps.count - 1].isFresh = entry.restarts
        began = entry.restarts ? 0 : entry.before.step
      }
      steps[steps.count - 1].picture = entry.after.picture
      steps[steps.count - 1].commands.append(
        entry.words + (entry.count > 1 ? " x\(entry.count)" : ""))
    }
    if now.configuration != steps[steps.count - 1].configuration {
      steps.append(step(now, commands: []))
    }
    steps[steps.count - 1].trainingSteps = now.step
    return Array(steps.suffix(Self.mostSteps))
  }

  private func step(_ moment: Moment, commands: [String]) -> RecordedStep {
    RecordedStep(
      configuration: moment.configuration, isFresh: false, trainingSteps: moment.step,
      picture: moment.picture, commands: commands)
  }
}

extension WorkbenchState {
  /// Does something and notes it, where it is done on the run or a lesson, or changes the run.
  mutating func noting<Fault: Error>(
    _ words: String, _ body: (inout WorkbenchState) throws(Fault) -> [Effect]
  ) throws(Fault) -> [Effect] {
    guard !journal.isNoting else { return try body(&self) }
    journal.isNoting = true
    defer { journal.isNoting = false }
    let (before, showsRun) = (moment, [.live, .lessons].contains(page))
    let effects = try body(&self)
    let after = moment
    if showsRun || before.configuration != after.configuration {
      journal.note(words, before: before, after: after, effects: effects)
    }
    return effects
  }

  /// How the run and its picture stand.
  var moment: CommandJournal.Moment {
    let isOwn = run.snapshot.map {
      !$0.configuration.requiresRestart(comparedTo: run.configuration)
    }
    return CommandJournal.Moment(
      configuration: run.configuration, picture: recordedPicture,
      step: isOwn == true ? run.snapshot?.step ?? 0 : 0)
  }

  /// What stands in the panes of the run, as a lesson says it.
  private var recordedPicture: LessonPicture {
    var picture = LessonPicture()
    picture.pane = recordedPane
    picture.view =
      switch live.sampleView {
      case .scatter, .matrix, .pictures, .nearest, .denoising: .scatter
      case .density: .density
      case .trajectories: .trajectories
      case .score: .score
      }
    picture.arrows =
      switch live.scoreArrows {
      case .learned: .learned
      case .difference: .difference
      case .exact: .exact
      }
    picture.underlay =
      switch live.scoreUnderlay {
      case .exactDensity: .exact
      case .contours: .contours
      case .learnedDensity: .learned
      case .nothing: .nothing
      }
    picture.errors =
      switch live.errorView {
      case .noisyDistribution, .pixels: .distribution
      case .ownSamples: .samples
      case .shells: .distance
      case .parts: .parts
      case .bound: .bound
      case .dimension: .dimension
      case .collapse: .collapse
      case .refine: .refine
      }
    picture.losses =
      switch live.lossView {
      case .curve: .curve
      case .excess: .excess
      case .levels: .levels
      case .kernel: .kernel
      case .features: .features
      case .gradients: .gradients
      }
    if let frame = live.frame, let times = run.snapshot?.noisedData?.times,
      times.indices.contains(frame)
    {
      picture.time = times[frame]
    }
    if picture.pane == .error, let levels = run.snapshot?.probe?.levels,
      levels.indices.contains(live.levelIndex)
    {
      picture.level = levels[live.levelIndex].time
    }
    picture.isExactRunShown = live.showsExactScoreRun
    picture.particles = live.particleCount
    picture.areMetricsShown = live.showsMetrics ?? false
    return picture
  }

  /// The pane of the run that has the keys; where none has them, the lesson's own.
  private var recordedPane: LessonPicture.Pane {
    let pane = pageType.panes[focus]
    return LessonPicture.Pane.allCases.first { pane.isCalled($0) }
      ?? lessons.reading?.current.picture.pane ?? .samples
  }
}
