import ScoreCore
import ScoreLab

/// The body of the experiment thread.
final class ExperimentLoop {
  /// How many stretches of work the pace is kept of.
  private static let paceLength = 60

  private let dataSource: any DataSource
  private let options: ExperimentRunner.Options
  private let mailbox: Mailbox<ExperimentMessage>
  private let commands: CommandQueue<ExperimentCommand>
  private var experiment: (any ExperimentDriver)?
  private var message = ExperimentMessage(start: 0, status: .paused)
  private var isEnded = false
  /// The revision of the report that was published last; nil before the first.
  private var reported: Int?
  private var lastPublish = (time: -Double.infinity, elapsed: 0.0, units: 0)

  init(
    dataSource: any DataSource, options: ExperimentRunner.Options,
    mailbox: Mailbox<ExperimentMessage>, commands: CommandQueue<ExperimentCommand>
  ) {
    self.dataSource = dataSource
    self.options = options
    self.mailbox = mailbox
    self.commands = commands
  }

  func run() {
    while !isEnded {
      for order in commands.takeAll() { perform(order) }
      if isEnded { break }
      guard experiment != nil, message.status == .running else {
        commands.wait()
        continue
      }
      advance()
      if message.status != .running
        || MonotonicClock.now - lastPublish.time >= 1 / options.publishRate
      {
        publish()
      }
    }
  }

  private func perform(_ order: CommandQueue<ExperimentCommand>.Order) {
    switch order.command {
    case .start(let configuration): start(configuration, number: message.start + order.weight)
    case .pause: setStatus(.paused, from: .running)
    case .resume: setStatus(.running, from: .paused)
    case .stop: experiment = nil
    case .end: isEnded = true
    }
  }

  private func setStatus(_ status: ExperimentMessage.Status, from old: ExperimentMessage.Status) {
    guard experiment != nil, message.status == old else { return }
    message.status = status
    publish()
  }

  private func start(_ configuration: ExperimentConfiguration, number: Int) {
    message = ExperimentMessage(start: number, status: .running)
    lastPublish = (-Double.infinity, 0, 0)
    experiment = nil
    reported = nil
    do {
      let started = try configuration.makeDriver(threads: options.threads, dataSource: dataSource)
      experiment = started
      if started.isFinished { message.status = .finished }
    } catch {
      message.status = .failed("\(error)")
    }
    publish()
  }

  /// Takes one step.
  private func advance() {
    let start = MonotonicClock.now
    do {
      try experiment?.step()
    } catch {
      message.status = .failed("\(error)")
    }
    message.elapsed += MonotonicClock.now - start
    if message.status == .running, experiment?.isFinished == true { message.status = .finished }
  }

  private func publish() {
    if let experiment {
      if experiment.revision != reported {
        message.report = experiment.report
        reported = experiment.revision
      }
      message.unitsDone = experiment.unitsDone
      message.unitCount = experiment.unitCount
      message.activity = experiment.activity
      let (seconds, units) = (
        message.elapsed - lastPublish.elapsed, message.unitsDone - lastPublish.units
      )
      if seconds > 0 {
        message.pace = (message.pace + [Double(units) / seconds]).suffix(Self.paceLength)
      }
    }
    lastPublish = (MonotonicClock.now, message.elapsed, message.unitsDone)
    mailbox.publish(message)
  }
}
