"""Starts a chain, approves its last step and prints what became of it: chain.py ADDRESS QUEUE FILE"""

import asyncio
import json
import os
import sys

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy


async def main(address, task_queue, file):
    client = await Client.connect(address)
    chain = await client.start_workflow(
        "VideoChain",
        args=[json.load(open(file)), {"budget": {"amount": 50, "currency": "CNY"}}],
        id="film",
        task_queue=task_queue,
        id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
    )
    await chain.execute_update("approveStep", {"step": "next-shot"})
    result = await chain.result()
    for step in result["steps"]:
        print(step["id"], step["state"], step["result"]["artifacts"][0]["location"])
    print("cost", result["cost"]["amount"], result["cost"]["currency"])


asyncio.run(main(*sys.argv[1:]))
sys.stdout.flush()
# The SDK's threads may crash the interpreter while it shuts down (temporalio/sdk-python issue 300).
os._exit(0)
