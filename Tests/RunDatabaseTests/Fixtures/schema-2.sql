CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 runs');
INSERT INTO grdb_migrations VALUES('2 deleted');
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  start TEXT NOT NULL,
  distribution TEXT NOT NULL,
  seed TEXT NOT NULL,
  version TEXT NOT NULL,
  source_commit TEXT,
  processor TEXT NOT NULL,
  parent INTEGER,
  parent_steps INTEGER,
  parent_entries INTEGER,
  root INTEGER NOT NULL,
  tags TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  created REAL NOT NULL,
  updated REAL NOT NULL,
  executed_steps INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  loss REAL,
  worst_l2 REAL,
  digest TEXT,
  digest_steps INTEGER,
  digest_entries INTEGER
, deleted REAL);
INSERT INTO runs VALUES(41463840654458,'two_moons-2',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: false, time_embedding: log_snr, time_features: 8, position_features: 0}\nobjective: {target: noise, weighting: constant, levels: uniform_log_snr, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.001, schedule: constant, warmup: 0, batch: 64, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)),'two_moons','7','1.2.3','abc','a processor',73331096490260,20,0,73331096490260,'','',1795345297.1499006748,1795345297.4578142165,40,40,1.8900003481257403592,NULL,'1caf903f01dac638',40,2,NULL);
INSERT INTO runs VALUES(73331096490260,'two_moons-1',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: false, time_embedding: log_snr, time_features: 8, position_features: 0}\nobjective: {target: noise, weighting: constant, levels: uniform_log_snr, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.001, schedule: constant, warmup: 0, batch: 64, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)),'two_moons','7','1.2.3','abc','a processor',NULL,NULL,NULL,73331096490260,'','',1795345296.925245285,1795345296.925245285,30,30,1.7953070082634363657,NULL,'781df755965c5b9a',30,1,NULL);
CREATE TABLE edits (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  executed_steps INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('configure', 'resume')),
  configuration TEXT,
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
INSERT INTO edits VALUES(41463840654458,0,20,'configure',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: false, time_embedding: log_snr, time_features: 8, position_features: 0}\nobjective: {target: noise, weighting: constant, levels: uniform_log_snr, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.001, schedule: constant, warmup: 0, batch: 32, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)));
INSERT INTO edits VALUES(41463840654458,1,35,'configure',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: false, time_embedding: log_snr, time_features: 8, position_features: 0}\nobjective: {target: noise, weighting: constant, levels: uniform_log_snr, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.001, schedule: constant, warmup: 0, batch: 48, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)));
INSERT INTO edits VALUES(73331096490260,0,20,'configure',replace('seed: 7\ndistribution: {kind: two_moons, noise: 0.08}\ntraining_set: {count: 100}\nprocess: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}\nnetwork: {kind: mlp, hidden: [16], activation: silu, residual: false, time_embedding: log_snr, time_features: 8, position_features: 0}\nobjective: {target: noise, weighting: constant, levels: uniform_log_snr, stratified: true, noise: fresh, huber_length: 0}\noptimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.01, schedule: constant, warmup: 0, batch: 64, clip_norm: 0, constraint: none, average_profile: exponential, average: 0.999, average_exponent: 6.94}\nsampler: {kind: exponential_integrator, grid: exponential_decay, steps: 6, count: 50}\nprobe: {delta: 0.05, levels: 3, points: 64}\n','\n',char(10)));
CREATE TABLE metrics (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  level REAL,
  step INTEGER NOT NULL,
  value REAL NOT NULL,
  low REAL,
  high REAL
);
INSERT INTO metrics VALUES(73331096490260,'loss',NULL,30,1.7953070082634363657,NULL,NULL);
INSERT INTO metrics VALUES(41463840654458,'loss',NULL,40,1.8900003481257403592,NULL,NULL);
CREATE TABLE clouds (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  points BLOB NOT NULL,
  PRIMARY KEY (run, step)
) WITHOUT ROWID;
CREATE TABLE checkpoints (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  executed_steps INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  step INTEGER NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  format INTEGER NOT NULL,
  PRIMARY KEY (run, executed_steps, entries)
) WITHOUT ROWID;
INSERT INTO checkpoints VALUES(41463840654458,35,1,35,'25b60d7e447a-35-1.checkpoint',35327,'2961342b94a58665',1);
INSERT INTO checkpoints VALUES(41463840654458,40,2,40,'25b60d7e447a-40-2.checkpoint',36171,'bf1d20f57cd2c9ed',1);
INSERT INTO checkpoints VALUES(73331096490260,20,0,20,'42b1b9f51114-20-0.checkpoint',27436,'3350ed4f110a2b6e',1);
INSERT INTO checkpoints VALUES(73331096490260,30,1,30,'42b1b9f51114-30-1.checkpoint',29145,'f993ecfbabaebff4',1);
CREATE INDEX runs_by_update ON runs (updated);
CREATE UNIQUE INDEX metrics_by_place ON metrics (run, name, step, IFNULL(level, -1e300));
