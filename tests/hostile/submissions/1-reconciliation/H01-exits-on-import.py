# expect: crash - ends the interpreter with status 0 while main.py imports the answer.
import os

os._exit(0)
