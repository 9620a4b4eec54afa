import ScoreCore
import ScoreLab

/// The body of the experiment thread.
final class ExperimentLoop {
  /// How many stretches of work the pace is kept of.
  private static let paceLength = 60

  private let dataSource: any DataSource
  private let options: ExperimentRunner.Options
  private let mailbox: Mailbox<ExperimentNews>
  private let commands: CommandQueue<ExperimentCommand>
  private var experiment: (any ExperimentDriver)?
  private var news = ExperimentNews(start: 0, status: .paused)
  private var isEnded = false
  /// The revision of the report that was published last; nil before the first.
  private var reported: Int?
  private var lastPublish = (time: -Double.infinity, elapsed: 0.0, units: 0)

  init(
    dataSource: any DataSource, options: ExperimentRunner.Options,
    mailbox: Mailbox<ExperimentNews>, commands: CommandQueue<ExperimentCommand>
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
      guard experiment != nil, news.status == .running else {
        commands.wait()
        continue
      }
      advance()
      if news.status != .running
        || MonotonicClock.now - lastPublish.time >= 1 / options.publishRate
      {
        publish()
      }
    }
  }

  private func perform(_ order: CommandQueue<ExperimentCommand>.Order) {
    switch order.command {
    case .start(let configuration): start(configuration, number: news.start + order.weight)
    case .pause: setStatus(.paused, from: .running)
    case .resume: setStatus(.running, from: .paused)
    case .stop: experiment = nil
    case .end: isEnded = true
    }
  }

  private func setStatus(_ status: ExperimentNews.Status, from old: ExperimentNews.Status) {
    guard experiment != nil, news.status == old else { return }
    news.status = status
    publish()
  }

  private func start(_ configuration: ExperimentConfiguration, number: Int) {
    news = ExperimentNews(start: number, status: .running)
    lastPublish = (-Double.infinity, 0, 0)
    experiment = nil
    reported = nil
    do {
      let started = try configuration.makeDriver(threads: options.threads, dataSource: dataSource)
      experiment = started
      if started.isFinished { news.status = .finished }
    } catch {
      news.status = .failed("\(error)")
    }
    publish()
  }

  /// Takes one step.
  private func advance() {
    let start = MonotonicClock.now
    do {
      try experiment?.step()
    } catch {
      news.status = .failed("\(error)")
    }
    news.elapsed += MonotonicClock.now - start
    if news.status == .running, experiment?.isFinished == true { news.status = .finished }
  }

  private func publish() {
    if let experiment {
      if experiment.revision != reported {
        news.report = experiment.report
        reported = experiment.revision
      }
      news.unitsDone = experiment.unitsDone
      news.unitCount = experiment.unitCount
      news.activity = experiment.activity
      let (seconds, units) = (
        news.elapsed - lastPublish.elapsed, news.unitsDone - lastPublish.units
      )
      if seconds > 0 {
        news.pace = (news.pace + [Double(units) / seconds]).suffix(Self.paceLength)
      }
    }
    lastPublish = (MonotonicClock.now, news.elapsed, news.unitsDone)
    mailbox.publish(news)
  }
}
