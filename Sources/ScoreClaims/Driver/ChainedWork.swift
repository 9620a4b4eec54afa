/// One work after another that depends on what the first came to.
struct ChainedWork<First: UnitWork, Second: UnitWork>: UnitWork {
  private enum Stage: Sendable {
    case first(First)
    case second(Second)
  }

  private var stage: Stage
  private let next: @Sendable (First.Record) -> Second

  init(_ first: First, _ next: @escaping @Sendable (First.Record) -> Second) {
    (stage, self.next) = (.first(first), next)
  }

  /// Each counts as a half.
  var progress: Double {
    switch stage {
    case .first(let work): work.progress / 2
    case .second(let work): (1 + work.progress) / 2
    }
  }

  var detail: String? {
    switch stage {
    case .first(let work): work.detail
    case .second(let work): work.detail
    }
  }

  mutating func step() throws -> Second.Record? {
    switch stage {
    case .first(var work):
      if let record = try work.step() {
        stage = .second(next(record))
      } else {
        stage = .first(work)
      }
      return nil
    case .second(var work):
      let record = try work.step()
      stage = .second(work)
      return record
    }
  }
}

extension UnitWork {
  /// This work, then another one that its record decides.
  func then<Second: UnitWork>(
    _ next: @escaping @Sendable (Record) -> Second
  ) -> ChainedWork<Self, Second> {
    ChainedWork(self, next)
  }
}
