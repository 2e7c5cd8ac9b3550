# A loop of bare events in SimPy 3: 20 flows that wait for their next turn. Prints events per second of the processor.
import sys
import time

import simpy


def flow(env, turns):
    for _ in range(turns):
        yield env.timeout(1)


flows, events = 20, int(sys.argv[1])
env = simpy.Environment()
for _ in range(flows):
    env.process(flow(env, events // flows))
begin = time.process_time()
env.run()
print(events / (time.process_time() - begin))
