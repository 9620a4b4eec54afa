import ScoreCore

/// Shares the time for measuring among the measurements that are asked for.
struct MeasurementScheduler: Sendable {
  /// What a pass is measured of: as long as it is the same there is nothing new to measure.
  private struct Basis: Equatable {
    /// The step of the weights; nil where they are not read.
    var step: Int?
    /// Which values of the measurements that it depends on.
    var versions: [Int]
  }

  private struct Slot: Sendable {
    var measurement: any Measurement
    let kind: any Measurement.Type
    let firstPasses: Int
    /// The places of the measurements whose values it depends on.
    let sources: [Int]
    let readsWeights: Bool
    /// Whether it depends on weights or sampler, itself or through others.
    let followsWeights: Bool
    let followsSampler: Bool
    let followsPlaced: Bool
    let followsMetrics: Bool
    /// Whether somebody wants to see it, or another that depends on it.
    var isWanted: Bool
    /// Whether it is looked at more than the others, or one that depends on it.
    var isInFront = false
    /// The work done over the measurement's share; the least goes next.
    var load = 0.0
    /// What the pass under way is of; nil while there is none.
    var underWay: Basis?
    /// What the newest finished pass was of, whether or not its numbers were fit to be shown; nil
    /// when there is none that counts.
    var finished: Basis?
    var passes = 0
    var hasValue = false
    /// How many values it has had.
    var version = 0

    /// Whether there is nothing of it to show.
    var isMissing: Bool { finished == nil && !hasValue }
  }

  /// The work for a measurement in front, of that for another.
  private static let frontShare = 3.0

  private var subject: MeasurementSubject
  private var slots: [Slot] = []
  /// Whether there is no score any more, so that what depends on it stays as it is.
  private var isWithoutScore = false

  /// Prepares all measurements of a catalog, and takes those that are taken unasked.
  init(of subject: MeasurementSubject, catalog: [any Measurement.Type]) {
    self.subject = subject
    for kind in catalog { slots.append(slot(kind)) }
  }

  private func slot(_ kind: any Measurement.Type) -> Slot {
    precondition(
      !slots.contains { $0.kind.name == kind.name }, "Each measurement has a name of its own.")
    var (sources, readsWeights, readsSampler) = ([Int](), false, false)
    var (readsPlaced, readsMetrics) = (false, false)
    for dependency in kind.dependencies {
      switch dependency {
      case .weights: readsWeights = true
      case .sampler: readsSampler = true
      case .placedParticle: readsPlaced = true
      case .metrics: readsMetrics = true
      case .value(let other):
        guard let source = slots.firstIndex(where: { $0.kind.name == other.name }) else {
          preconditionFailure("A measurement stands after those it depends on.")
        }
        sources.append(source)
      }
    }
    return Slot(
      measurement: kind.init(of: subject), kind: kind, firstPasses: kind.firstPasses,
      sources: sources, readsWeights: readsWeights,
      followsWeights: readsWeights || sources.contains { slots[$0].followsWeights },
      followsSampler: readsSampler || sources.contains { slots[$0].followsSampler },
      followsPlaced: readsPlaced || sources.contains { slots[$0].followsPlaced },
      followsMetrics: readsMetrics || sources.contains { slots[$0].followsMetrics },
      isWanted: kind.isTakenUnasked)
  }

  /// Everything that is known, also of what is no longer asked for.
  var results: MeasurementResults {
    var results = MeasurementResults()
    for slot in slots { results.add(slot.measurement) }
    return results
  }

  /// Measures what is asked for from now on, and nothing else.
  mutating func show(_ request: MeasurementRequest) {
    if request.placed != subject.placed {
      subject.placed = request.placed
      for place in slots.indices where slots[place].followsPlaced { reset(place) }
    }
    if request.metrics != subject.metrics {
      subject.metrics = request.metrics
      for place in slots.indices where slots[place].followsMetrics { reset(place) }
    }
    let wanted = places { request.contains($0) }
    let front = places { request.isInFront($0) }
    for place in slots.indices {
      slots[place].isWanted = wanted.contains(place)
      slots[place].isInFront = front.contains(place)
      // Asked for again, it is measured of the weights of then.
      if !slots[place].isWanted, slots[place].followsWeights { slots[place].underWay = nil }
    }
  }

  /// The places of some measurements and of those they depend on, in the catalog's order.
  private func places(where isMeant: (any Measurement.Type) -> Bool) -> [Int] {
    var wanted = Set(slots.indices.filter { isMeant(slots[$0].kind) })
    for place in slots.indices.reversed() where wanted.contains(place) {
      wanted.formUnion(slots[place].sources)
    }
    return wanted.sorted()
  }

  /// The sampler of the passes.
  var sampler: SamplerConfiguration { subject.configuration.sampler }

  /// Takes over a changed sampler; passes and values of the old one are dropped.
  mutating func setSampler(_ sampler: SamplerConfiguration) {
    guard sampler != subject.configuration.sampler else { return }
    subject.configuration.sampler = sampler
    for place in slots.indices where slots[place].followsSampler { reset(place) }
  }

  /// Drops passes under way and forgets what is known of weights after `step`, as a divergence
  /// demands.
  mutating func rollBack(toStep step: Int) {
    for place in slots.indices where slots[place].followsWeights {
      guard slots[place].readsWeights else {
        reset(place)
        continue
      }
      slots[place].measurement.forget(after: step)
      slots[place].hasValue = slots[place].measurement.hasValue
      slots[place].underWay = nil
      // Steps after this one come again with other weights.
      if let finished = slots[place].finished?.step, finished > step {
        slots[place].finished = nil
      }
    }
  }

  /// Measures nothing any more that depends on the score; what is known stays.
  mutating func giveUpScore() {
    isWithoutScore = true
    for place in slots.indices where slots[place].followsWeights { slots[place].underWay = nil }
  }

  /// Whether somebody wants to see it, and it can be measured.
  private func isAskedFor(_ slot: Slot) -> Bool {
    slot.isWanted && !(isWithoutScore && slot.followsWeights)
  }

  private mutating func reset(_ place: Int) {
    slots[place].measurement = slots[place].kind.init(of: subject)
    slots[place].hasValue = false
    slots[place].underWay = nil
    slots[place].finished = nil
  }
}

// MARK: - Work

extension MeasurementScheduler {
  /// Whether everything that is asked for is known of the weights of `step`.
  func isUpToDate(step: Int) -> Bool {
    !slots.contains { isAskedFor($0) && isOpen($0, step: step) }
  }

  /// Whether first pictures are still missing, or are all there is and old.
  func isStartingUp(step: Int) -> Bool {
    // Asked before every training step, so what is cheap to decide comes first.
    slots.contains { slot in
      guard isAskedFor(slot) else { return false }
      let isEarly = slot.firstPasses > 1 && slot.passes < slot.firstPasses
      return (slot.isMissing || isEarly) && isOpen(slot, step: step)
    }
  }

  /// Whether something is measured that is looked at more than the rest.
  var hasFront: Bool { slots.contains { $0.isInFront && isAskedFor($0) } }

  /// Does one short unit of work, a few milliseconds, for the measurement that is furthest behind.
  ///
  /// - Parameters:
  ///   - step: The step of the weights.
  ///   - score: Makes the score of the averaged weights now, or gives the one that is judged.
  mutating func advance(step: Int, score: @escaping () -> any ScoreFunction) {
    let open = slots.indices.filter {
      isAskedFor(slots[$0]) && isOpen(slots[$0], step: step)
    }
    // What nobody has seen yet is waited for; the others have something to show meanwhile.
    let missing = open.filter { slots[$0].isMissing }
    let next = (missing.isEmpty ? open : missing).min { slots[$0].load < slots[$1].load }
    guard let place = next else { return }
    let share = slots[place].isInFront ? Self.frontShare : 1
    slots[place].load += slots[place].measurement.unitCost / share
    work(on: place, step: step, score: score)
    // One that had nothing to do starts level with the others, not with a credit.
    let least = open.map { slots[$0].load }.min() ?? 0
    for place in slots.indices { slots[place].load = max(slots[place].load, least) }
  }

  /// Measures some at once and to their end, of these weights, asked for or not.
  mutating func finish(
    _ request: MeasurementRequest, step: Int, score: @escaping () -> any ScoreFunction
  ) {
    for place in places(where: request.contains) {
      if slots[place].underWay != basis(of: slots[place], step: step) {
        slots[place].underWay = nil
      }
      while isOpen(slots[place], step: step) { work(on: place, step: step, score: score) }
    }
  }

  private func isOpen(_ slot: Slot, step: Int) -> Bool {
    if slot.underWay != nil { return true }
    guard let basis = basis(of: slot, step: step) else { return false }
    return basis != slot.finished
  }

  /// What a pass that begins now is of; nil while a value that it needs is missing.
  private func basis(of slot: Slot, step: Int) -> Basis? {
    guard slot.sources.allSatisfy({ slots[$0].hasValue }) else { return nil }
    return Basis(
      step: slot.readsWeights ? step : nil, versions: slot.sources.map { slots[$0].version })
  }

  private mutating func work(on place: Int, step: Int, score: @escaping () -> any ScoreFunction) {
    if slots[place].underWay == nil, let basis = basis(of: slots[place], step: step) {
      let sources = slots[place].sources.map { slots[$0].measurement }
      slots[place].measurement.begin(
        MeasurementInput(step: step, score: score, sources: sources))
      slots[place].underWay = basis
    }
    guard slots[place].measurement.step() else {
      slots[place].hasValue = slots[place].measurement.hasValue
      return
    }
    slots[place].finished = slots[place].underWay
    slots[place].underWay = nil
    slots[place].passes += 1
    slots[place].hasValue = slots[place].measurement.hasValue
    if slots[place].measurement.hasNewValue { slots[place].version += 1 }
  }
}

extension Measurement {
  fileprivate var hasValue: Bool { reading.value != nil }
  fileprivate var hasNewValue: Bool { hasValue && reading.dropped == nil }
}
