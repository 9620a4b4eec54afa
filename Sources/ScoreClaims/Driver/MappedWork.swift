import ScoreLab

/// Work whose record is made into another.
struct MappedWork<Base: UnitWork, Record: Sendable>: UnitWork {
  private var base: Base
  private let transform: @Sendable (Base.Record) -> Record

  init(_ base: Base, _ transform: @escaping @Sendable (Base.Record) -> Record) {
    self.base = base
    self.transform = transform
  }

  var progress: Double { base.progress }
  var detail: String? { base.detail }
  mutating func step() throws -> Record? { try base.step().map(transform) }
}

extension UnitWork {
  /// The same work with its record made into another, such as a case of an experiment's own.
  func map<Other: Sendable>(
    _ transform: @escaping @Sendable (Record) -> Other
  ) -> MappedWork<Self, Other> {
    MappedWork(self, transform)
  }
}
