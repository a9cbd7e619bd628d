import { describeShard } from "../support/shards"

describeShard("plain", 3, 4)
