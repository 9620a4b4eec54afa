import ScoreCore

/// The body of the session thread.
///
/// It never looks at the clock to decide what a training step does, only which kind of work comes
/// next, so timing cannot change a run.
final class SessionLoop {
  private var session: Session
  private let dataSource: any DataSource
  private let options: SessionRunner.Options
  private let mailbox: Mailbox<SessionNews>
  private let commands: CommandQueue<SessionOrder>
  private var generation = 0
  private var isPaused: Bool
  private var isStopped = false
  private var problem: String?
  private var request = MeasurementRequest.all
  private var commandsDone = 0
  private var clock = WorkClock()

  init(
    session: Session, dataSource: any DataSource, options: SessionRunner.Options,
    mailbox: Mailbox<SessionNews>, commands: CommandQueue<SessionOrder>
  ) {
    self.session = session
    self.dataSource = dataSource
    self.options = options
    self.mailbox = mailbox
    self.commands = commands
    isPaused = options.startsPaused
  }

  func run() {
    publish()
    while !isStopped {
      for order in commands.takeAll() { perform(order) }
      if isStopped { break }
      if work() {
        if clock.publishIsDue(rate: options.publishRate) { publish() }
      } else {
        publish()
        commands.wait()
        clock.rest()
      }
    }
  }

  /// Does one unit of work; false when there is none left.
  private func work() -> Bool {
    guard isTraining else {
      guard !session.isMeasured else { return false }
      session.measure()
      return true
    }
    let share = session.isStartingUp ? options.startingShare : options.measuringShare
    if clock.measuringIsDue(share: share) && !session.isMeasured {
      clock.time(.measuring) { session.measure() }
    } else {
      clock.time(.training) { _ = session.trainStep() }
    }
    return true
  }

  private var isTraining: Bool {
    !isPaused && session.divergence == nil && !isFinished
  }

  private var isFinished: Bool { options.stepLimit.map { session.step >= $0 } ?? false }

  private var status: SessionStatus {
    if let divergence = session.divergence { return .diverged(divergence) }
    if isFinished { return .finished }
    return isPaused ? .paused : .training
  }

  private func perform(_ order: CommandQueue<SessionOrder>.Order) {
    switch order.command {
    case .show(let request):
      self.request = request
      session.show(request)
    case .command(let command):
      problem = nil
      perform(command)
      commandsDone += order.weight
      publish()
    }
  }

  private func perform(_ command: SessionCommand) {
    switch command {
    case .configure(let configuration): configure(configuration)
    case .pause: isPaused = true
    case .resume:
      isPaused = false
      session.resumeAfterDivergence()
    case .stepOnce:
      isPaused = true
      session.resumeAfterDivergence()
      _ = session.trainStep()
    case .restart(let seed):
      var configuration = session.configuration
      configuration.seed = seed
      restart(configuration)
    case .stop: isStopped = true
    }
  }

  private func configure(_ configuration: RunConfiguration) {
    if configuration.requiresRestart(comparedTo: session.configuration) {
      restart(configuration)
    } else {
      do throws(MemoryError) {
        try MemoryEstimate(
          configuration, dimension: session.law.dimension, use: .workbench
        ).check()
        session.configure(configuration)
      } catch {
        problem = "\(error)"
      }
    }
  }

  private func restart(_ configuration: RunConfiguration) {
    do {
      session = try Session(
        configuration: configuration, dataSource: dataSource, threads: options.threads,
        use: .workbench)
      session.show(request)
      generation += 1
      clock.rest()
    } catch {
      problem = "\(error)"
    }
  }

  private func publish() {
    clock.published(step: session.executedSteps)
    let snapshot = session.snapshot(
      generation: generation, status: status,
      stepsPerSecond: isTraining ? clock.stepsPerSecond : nil)
    mailbox.publish(
      SessionNews(snapshot: snapshot, problem: problem, commandsDone: commandsDone))
  }
}

/// Keeps the shares of the session thread's time and the rate of its steps.
private struct WorkClock {
  enum Kind { case training, measuring }

  private var spent: (training: Double, measuring: Double) = (0, 0)
  private var share = 0.0
  private var lastPublish = -Double.infinity
  private var window: [(time: Double, step: Int)] = []

  /// Steps a second over about the last two seconds; nil before there is a window.
  var stepsPerSecond: Double? {
    guard let first = window.first, let last = window.last, last.time - first.time > 0.2,
      last.step > first.step
    else { return nil }
    return Double(last.step - first.step) / (last.time - first.time)
  }

  mutating func measuringIsDue(share: Double) -> Bool {
    if share != self.share {
      // A new share starts without the old one's debt.
      self.share = share
      spent = (0, 0)
    }
    return spent.measuring < share * (spent.training + spent.measuring)
  }

  mutating func time(_ kind: Kind, _ work: () -> Void) {
    let start = MonotonicClock.now
    work()
    let elapsed = MonotonicClock.now - start
    switch kind {
    case .training: spent.training += elapsed
    case .measuring: spent.measuring += elapsed
    }
    // Old time fades, so that a changed share takes hold within seconds.
    if spent.training + spent.measuring > 2 {
      spent.training /= 2
      spent.measuring /= 2
    }
  }

  func publishIsDue(rate: Double) -> Bool { MonotonicClock.now - lastPublish >= 1 / rate }

  mutating func published(step: Int) {
    lastPublish = MonotonicClock.now
    window.append((lastPublish, step))
    if let first = window.first, step < first.step { window.removeAll() }
    while let first = window.first, lastPublish - first.time > 2 { window.removeFirst() }
  }

  /// Forgets the rate after a time without work.
  mutating func rest() { window.removeAll() }
}
